namespace Descent.Fitting.Tests;

/// <summary>The sample data, as a file and as arrays.</summary>
static class Iris
{
    public static string Path { get; } = Find();

    /// <summary>The root of the repository.</summary>
    public static string Root => System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(Path)!)!;

    static string[][] Rows { get; } = [.. File.ReadLines(Path).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','))];

    public static double[,] Columns(params int[] columns)
    {
        double[,] x = new double[Rows.Length, columns.Length];
        for (int i = 0; i < Rows.Length; i++)
            for (int j = 0; j < columns.Length; j++)
                x[i, j] = double.Parse(Rows[i][columns[j]], System.Globalization.CultureInfo.InvariantCulture);
        return x;
    }

    public static double[] Column(int column) => [.. Enumerable.Range(0, Rows.Length).Select(i => Columns(column)[i, 0])];

    /// <summary>1 for one species, 0 for the others.</summary>
    public static double[] Is(string species) => [.. Rows.Select(r => r[4] == species ? 1.0 : 0.0)];

    public static double[] Class() => [.. Rows.Select(r => r[4] switch { "setosa" => 0.0, "versicolor" => 1, _ => 2 })];

    static string Find()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(System.IO.Path.Combine(d.FullName, "Descent.slnx")))
                return System.IO.Path.Combine(d.FullName, "samples", "iris.csv");
        throw new InvalidOperationException("The repository was not found above the tests.");
    }
}
