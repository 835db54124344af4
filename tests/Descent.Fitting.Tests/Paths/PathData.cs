using System.Globalization;

namespace Descent.Fitting.Tests.Paths;

/// <summary>Data and the numbers of others that paths are held against; the scripts beside them made these.</summary>
static class PathData
{
    static string Folder => Path.Combine(Iris.Root, "tests", "Descent.Fitting.Tests", "Paths");

    /// <summary>scikit-learn's copy of the Wisconsin breast cancer data (569 × 30, the last column the class).</summary>
    public static string BreastCancer => Path.Combine(Folder, "breast_cancer.csv.gz");

    /// <summary>scikit-learn's copy of the diabetes data of Efron et al. 2004 (442 × 10), on the scale of the measurements.</summary>
    public static string Diabetes => Path.Combine(Iris.Root, "samples", "diabetes.csv");

    public static PenaltyPath Cancer(PathSpec path, FitOptions? options = null) => PenaltyPath.Of(
        (options ?? Scaled).Of(new DataSpec([BreastCancer]) { Target = "c31", Header = false, SkipLines = 1 },
            ModelFamilies.Logistic) with
        { Path = path });

    public static FitOptions Scaled { get; } = new() { Standardise = true };

    public static (double[,] X, double[] Y) DiabetesArrays()
    {
        double[][] rows = [.. File.ReadLines(Diabetes).Skip(1).Select(l => l.Split(',').Select(Number).ToArray())];
        double[,] x = new double[rows.Length, 10];
        for (int i = 0; i < rows.Length; i++)
            for (int j = 0; j < 10; j++) x[i, j] = rows[i][j];
        return (x, [.. rows.Select(r => r[10])]);
    }

    /// <summary>The lines of a file of reference numbers that begin so, as numbers; what comes first may be a name.</summary>
    public static double[][] Reference(string file, string name = "") =>
        [.. File.ReadLines(Path.Combine(Folder, file)).Where(l => l.StartsWith(name, StringComparison.Ordinal))
            .Select(l => l.Split(',').Skip(name.Length > 0 ? 1 : 0).Select(Number).ToArray())];

    static double Number(string s) => double.Parse(s, CultureInfo.InvariantCulture);
}
