using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Descent.Models.Tests.Certificates;

/// <summary>The small files beside these tests.</summary>
static class DataFiles
{
    public static string PathOf(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "data", name);

    /// <summary>Numbers of a CSV file with target y and perhaps weights w; text
    /// columns become indicators of all levels but the first.</summary>
    public static HardProblem Csv(string name, string model, bool intercept, double parameter = double.NaN)
    {
        string[][] lines = [.. File.ReadLines(PathOf(name)).Where(l => l.Length > 0).Select(l => l.Split(','))];
        string[] header = lines[0];
        string[][] rows = lines[1..];
        List<double[]> columns = [];
        for (int c = 0; c < header.Length; c++)
        {
            if (header[c] is "y" or "w") continue;
            string[] cells = [.. rows.Select(r => r[c])];
            if (double.TryParse(cells[0], CultureInfo.InvariantCulture, out _)) columns.Add([.. cells.Select(Number)]);
            else columns.AddRange(
                cells.Distinct().Order(StringComparer.Ordinal).Skip(1).Select(level => cells.Select(t => t == level ? 1.0 : 0).ToArray()));
        }
        double[]? weights = header.Contains("w") ? [.. rows.Select(r => Number(r[Array.IndexOf(header, "w")]))] : null;
        return Of(columns, [.. rows.Select(r => Number(r[Array.IndexOf(header, "y")]))], weights, model, intercept, parameter, name);
    }

    /// <summary>A LIBSVM file with indices from 1.</summary>
    public static HardProblem Svm(string name, string model)
    {
        string[][] rows =
            [.. File.ReadLines(PathOf(name)).Where(l => l.Length > 0).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        (int, double)[][] entries = [.. rows.Select(
            r => r.Skip(1).Select(e => (int.Parse(e.Split(':')[0], CultureInfo.InvariantCulture) - 1, Number(e.Split(':')[1]))).ToArray())];
        int d = entries.Max(r => r.Max(e => e.Item1)) + 1;
        List<double[]> columns =
            [.. Enumerable.Range(0, d).Select(j => entries.Select(r => r.Where(e => e.Item1 == j).Sum(e => e.Item2)).ToArray())];
        return Of(columns, [.. rows.Select(r => Number(r[0]))], null, model, true, double.NaN, name);
    }

    /// <summary>Problems a line.</summary>
    public static IEnumerable<HardProblem> Lines(string name)
    {
        foreach (string line in File.ReadLines(PathOf(name)))
        {
            JsonElement p = JsonDocument.Parse(line).RootElement;
            double[] Numbers(string key) => [.. p.GetProperty(key).EnumerateArray().Select(e => e.GetDouble())];
            double[]? weights = p.GetProperty("weights").ValueKind == JsonValueKind.Array ? Numbers("weights") : null;
            yield return new HardProblem(
                p.GetProperty("model").GetString()!, Numbers("X"), Numbers("y"), weights, p.GetProperty("l2").GetDouble(),
                p.GetProperty("l1").GetDouble(), p.GetProperty("intercept").GetBoolean(),
                p.GetProperty("pint").GetBoolean(), p.GetProperty("parameter").GetDouble(),
                $"{p.GetProperty("feature").GetString()} {p.GetProperty("k").GetInt32()}");
        }
    }

    static HardProblem Of(List<double[]> columns, double[] y, double[]? weights, string model, bool intercept, double parameter,
        string name)
    {
        double[] x = new double[y.Length * columns.Count];
        for (int i = 0; i < y.Length; i++)
            for (int j = 0; j < columns.Count; j++) x[(i * columns.Count) + j] = columns[j][i];
        return new HardProblem(model, x, y, weights, 0, 0, intercept, false, parameter, name);
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
