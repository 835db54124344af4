using System.Globalization;
using System.Text;

namespace Descent.Mpi.Tests;

/// <summary>Two classes of 12,000 rows and 20 columns, enough for three shards, and a folder for what is written.</summary>
public sealed class TestData : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-mpi").FullName;
    readonly Dictionary<string, byte[]> models = [];
    readonly Dictionary<string, string> alone = [];
    int made;

    public TestData()
    {
        (Table, Sparse) = (Path.Combine(folder, "a.csv"), Path.Combine(folder, "a.svm"));
        uint state = 1;
        double Draw()
        {
            state = (state * 1664525) + 1013904223;
            return ((state >> 8) / (double)(1 << 24) * 4) - 2;
        }
        StringBuilder table = new(string.Join(',', Enumerable.Range(0, 20).Select(j => $"x{j}")) + ",y\n"), sparse = new();
        for (int i = 0; i < 12_000; i++)
        {
            string[] x = [.. Enumerable.Range(0, 20).Select(_ => Draw().ToString("F4", CultureInfo.InvariantCulture))];
            double z = x.Select((t, j) => double.Parse(t, CultureInfo.InvariantCulture) * ((j % 5) - 2) / 4).Sum() + Draw();
            int y = z > 0 ? 1 : 0;
            table.Append(string.Join(',', x)).Append(',').Append(y).Append('\n');
            sparse.Append(y).Append(' ').AppendJoin(' ', x.Select((t, j) => $"{j + 1}:{t}")).Append('\n');
        }
        File.WriteAllText(Table, table.ToString());
        File.WriteAllText(Sparse, sparse.ToString());
    }

    public string Table { get; }

    public string Sparse { get; }

    /// <summary>What a fit of the job gives in one process.</summary>
    public string Alone(string name) =>
        alone.TryGetValue(name, out string? known) ? known : alone[name] = MpiBench.Fits.Lines(null, Sparse, Table, name).Single();

    /// <summary>A new folder to run in, so that the same words name different files.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(folder, $"run{Interlocked.Increment(ref made)}")).FullName;

    /// <summary>The model file that the words give in one process.</summary>
    public byte[] Single(string[] words)
    {
        string key = string.Join(' ', words);
        if (models.TryGetValue(key, out byte[]? known)) return known;
        string place = NewFolder();
        using MpiJob job = MpiJob.Alone(place, [.. words, "--out", "m.json"]);
        (int code, string text, string error) = job.End();
        Assert.True(code is 0 or 4, $"{code}: {text}{error}");
        return models[key] = File.ReadAllBytes(Path.Combine(place, "m.json"));
    }

    public void Dispose() => Directory.Delete(folder, true);
}
