using Descent.Fuzz;
using SharpFuzz;

// One loader under afl-fuzz, which hands over an input after another: Descent.Fuzz.Coverage LOADER. The inputs are read in a process of
// their own, so that one that ends it is a crash and not the end. What a loader refuses with a sentence is
// no crash; anything else that it throws is one. eng/fuzz-coverage builds and starts it.
if (args.Length != 1 || !Loaders.Names.Contains(args[0]))
{
    Console.Error.WriteLine($"Expected one loader of {string.Join(", ", Loaders.Names)}.");
    return 1;
}
string file = Path.Combine(Path.GetTempPath(), $"descent-coverage-{Environment.ProcessId}");
try
{
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using MemoryStream input = new();
        stream.CopyTo(input);
        try
        {
            Loaders.Run(args[0], input.ToArray(), file);
        }
        catch (Exception e) when (Loaders.IsRefusal(e))
        {
            // As it should.
        }
    });
}
finally
{
    File.Delete(file);
}
return 0;
