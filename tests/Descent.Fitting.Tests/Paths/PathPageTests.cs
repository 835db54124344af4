using Descent.Fitting.Fits;

namespace Descent.Fitting.Tests.Paths;

/// <summary>The program of docs/paths.md is the one that runs here; it stands in a folder of its own, so nothing runs beside it.</summary>
[Collection("the current folder")]
public class PathPageTests
{
    static void Program()
    {
        // page
        PenaltyPath path = Fit.Path(ModelFamilies.Linear, "samples/diabetes.csv", "progression",
            penalties: new PathSpec { Count = 12, L1Ratio = 0.5, Folds = 10, Choose = PathChoice.OneStandardError },
            options: new FitOptions { Standardise = true });
        foreach (PathPoint p in path.Points) Console.WriteLine($"{p.Lambda:G4}  {p.NonZeros}  {p.FoldLoss:F1} ± {p.FoldError:F1}");
        Console.WriteLine(path.Points[path.Chosen].Lambda);
        path.Fit.Save("model.json");
        // end of page
    }

    [Fact]
    public void The_program_of_the_page_runs_and_is_the_one_shown()
    {
        string source = File.ReadAllText(Path.Combine(Iris.Root, "tests", "Descent.Fitting.Tests", "Paths", "PathPageTests.cs"));
        int from = source.IndexOf("// page\n", StringComparison.Ordinal) + "// page\n".Length;
        string[] lines = source[from..source.IndexOf("// end of page", StringComparison.Ordinal)].TrimEnd().Split('\n');
        string shown = string.Join('\n', lines.Select(l => l[8..]));
        Assert.Contains($"<!-- program -->\n```csharp\n{shown}\n```\n<!-- /program -->",
            File.ReadAllText(Path.Combine(Iris.Root, "docs", "paths.md")), StringComparison.Ordinal);
        // It writes where it stands, and reads from the root of the repository.
        string before = Environment.CurrentDirectory, folder = Directory.CreateTempSubdirectory("descent-page").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "samples"));
        File.Copy(PathData.Diabetes, Path.Combine(folder, "samples", "diabetes.csv"));
        try
        {
            Environment.CurrentDirectory = folder;
            Program();
            Assert.Equal(10, SavedModel.Load("model.json").Features.Count);
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Directory.Delete(folder, true);
        }
    }
}

/// <summary>Tests that change the folder of the process.</summary>
[CollectionDefinition("the current folder", DisableParallelization = true)]
public class CurrentFolder;
