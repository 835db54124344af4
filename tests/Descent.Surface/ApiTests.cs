using System.Reflection;
using System.Text;

namespace Descent.Surface;

/// <summary>The public surface of each library as text; a change is seen here and accepted on purpose (eng/accept).</summary>
public class ApiTests
{
    public static TheoryData<string> Names => ["Descent.Numerics", "Descent.Core", "Descent.Models", "Descent.Autodiff", "Descent.Data", "Descent.Fitting", "Descent.Reports", "Descent.Testing"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_public_surface_is_the_accepted_one(string library)
    {
        string path = Path.Combine(Repository.Root, "tests", "golden", "api", library + ".txt"), surface = Describe(Assembly.Load(library));
        if (Repository.Accepting)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, surface);
        }
        Assert.Equal(File.ReadAllText(path), surface);
    }

    static string Describe(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type t in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(t.IsInterface ? "interface " : t.IsEnum ? "enum " : t.IsValueType ? "struct " : "class ").Append(t.FullName).Append('\n');
            IEnumerable<string> members = t.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(m => m is MethodBase { IsPublic: true } or MethodBase { IsFamily: true } or FieldInfo { IsPublic: true })
                .Where(m => !m.Name.Contains('<', StringComparison.Ordinal)).Select(m => "  " + m).Order(StringComparer.Ordinal);
            foreach (string m in members) text.Append(m).Append('\n');
        }
        return text.ToString();
    }
}
