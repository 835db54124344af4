using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

namespace Descent.Mutation;

/// <summary>The process that runs tests, told by lines on its input: <c>record</c>, or <c>run MUTANT TEST,TEST…</c>. It may hang or die; the other side copes.</summary>
static class Worker
{
    public static void Serve(string bin, int active, IEnumerable<string> testAssemblies)
    {
        TextWriter answer = Console.Out;
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        AssemblyLoadContext.Default.Resolving += (context, name) => File.Exists(Path.Combine(bin, name.Name + ".dll")) ? context.LoadFromAssemblyPath(Path.Combine(bin, name.Name + ".dll")) : null;
        Type mutants = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(bin, "Descent.Core.dll")).GetType("DescentMutants")!;
        FieldInfo current = mutants.GetField("Active")!;
        byte[] reached = (byte[])mutants.GetField("Reached")!.GetValue(null)!;
        current.SetValue(null, active);
        TestCase[] tests = [.. testAssemblies.SelectMany(a => TestCase.Of(AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(bin, a + ".dll"))))];
        answer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready {tests.Length}"));
        while (Console.In.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            if (words[0] == "record") Record(tests, reached, answer);
            else Kill(tests, current, int.Parse(words[1], CultureInfo.InvariantCulture), words[2], answer);
            answer.Flush();
        }
    }

    static void Record(TestCase[] tests, byte[] reached, TextWriter answer)
    {
        for (int i = 0; i < tests.Length; i++)
        {
            Array.Clear(reached);
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            bool passes = tests[i].Passes();
            double seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            string seen = string.Join(',', Enumerable.Range(0, reached.Length).Where(k => reached[k] != 0));
            answer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test {i} {(passes ? 1 : 0)} {seconds:F4} {tests[i].Name.Replace(' ', '_')} {seen}"));
            answer.Flush();
        }
        answer.WriteLine("end");
    }

    // A line before every test, so that the other side can give each its own time.
    static void Kill(TestCase[] tests, FieldInfo current, int mutant, string list, TextWriter answer)
    {
        current.SetValue(null, mutant);
        foreach (string i in list.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            answer.WriteLine($"at {i}");
            answer.Flush();
            TestCase test = tests[int.Parse(i, CultureInfo.InvariantCulture)];
            if (test.Passes()) continue;
            answer.WriteLine($"killed {test.Name.Replace(' ', '_')}");
            return;
        }
        current.SetValue(null, -1);
        answer.WriteLine("survived");
    }
}
