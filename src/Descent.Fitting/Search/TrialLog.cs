using System.Globalization;
using System.Text;
using Descent.Data;
using Descent.Data.Files;

namespace Descent.Fitting.Search;

/// <summary>
/// Finished trials as lines of a file, so that a search that was stopped goes on where it was. Numbers are written so that they are read
/// back to the same bits.
/// </summary>
sealed class TrialLog
{
    public const string Name = "trials.csv";
    readonly string? path;
    readonly Dictionary<string, Trial> done = [];

    /// <param name="folder">Where it lies; null keeps it in memory alone.</param>
    /// <param name="search">What the search is, in one line: a folder holds the trials of one search.</param>
    /// <param name="names">Names of the dimensions.</param>
    public TrialLog(string? folder, string search, IReadOnlyList<string> names)
    {
        if (folder is null) return;
        path = Path.Combine(folder, Name);
        if (File.Exists(path))
        {
            Read(search, names.Count);
            return;
        }
        Destination.Write(path, $"# {search}\n{string.Join(',', names)},epochs,score,error,objective,gradients\n");
    }

    /// <summary>Trials that were found in the file.</summary>
    public int Found { get; private set; }

    public Trial? Find(double[] values, double epochs) => done.GetValueOrDefault(Key(values, epochs));

    public void Add(Trial t)
    {
        done[Key(t.Values, t.Epochs)] = t;
        if (path is not null)
            Destination.Append(path, $"{Key(t.Values, t.Epochs)},{Exact(t.Score)},{Exact(t.Error)},{Exact(t.Objective)},{t.Gradients}\n");
    }

    void Read(string search, int dimensions)
    {
        string[] lines = Encoding.UTF8.GetString(InputFile.ReadAll(path!, "the trials of a search")).Split('\n');
        if (lines[^1].Length == 0) lines = lines[..^1];
        if (lines.Length < 2 || lines[0] != "# " + search)
            throw new FitException($"{path} holds the trials of another search "
                + $"({(lines.Length > 0 ? lines[0].TrimStart('#', ' ') : "empty")}). Name another folder with `Run`, or repeat that "
                + $"command.");
        for (int i = 2; i < lines.Length; i++)
        {
            string[] f = lines[i].Split(',');
            double[] x = new double[f.Length];
            bool whole = f.Length == dimensions + 5;
            for (int k = 0; whole && k < f.Length; k++)
                whole = double.TryParse(f[k], NumberStyles.Float, CultureInfo.InvariantCulture, out x[k]);
            // The last line may have been cut off when the search was stopped; it is tried again.
            if (!whole && i == lines.Length - 1) break;
            if (!whole) throw new DataException($"{path}, line {i + 1}: found '{lines[i]}', expected {dimensions + 5} numbers.");
            Trial t = new(x[..dimensions], x[dimensions], x[dimensions + 1], x[dimensions + 2], x[dimensions + 3], (long)x[dimensions + 4]);
            done[Key(t.Values, t.Epochs)] = t;
            Found++;
        }
        if (lines.Length > Found + 2) Destination.Write(path!, string.Join('\n', lines[..(Found + 2)]) + "\n");
    }

    static string Key(double[] values, double epochs) => string.Join(',', values.Append(epochs).Select(Exact));

    static string Exact(double x) => x.ToString("R", CultureInfo.InvariantCulture);
}
