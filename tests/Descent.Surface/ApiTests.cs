using System.Reflection;
using PublicApiGenerator;

namespace Descent.Surface;

/// <summary>The public surface of each library as C#, with nullability, defaults and constraints;
/// a change is seen here and accepted on purpose (eng/accept).</summary>
public class ApiTests
{
    public static TheoryData<string> Names =>
        ["Descent.Numerics", "Descent.Core", "Descent.Models", "Descent.Autodiff", "Descent.Mixtures", "Descent.Data",
            "Descent.Data.Parquet", "Descent.Data.Arrow", "Descent.Fitting", "Descent.Reports", "Descent.Testing", "Descent.Mpi",
            "Descent.Orleans"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_public_surface_is_the_accepted_one(string library)
    {
        string path = Path.Combine(Repository.Root, "tests", "golden", "api", library + ".txt");
        string surface = Assembly.Load(library).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n") + "\n";
        if (Repository.Accepting)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, surface);
        }
        Assert.Equal(File.ReadAllText(path), surface);
    }
}
