using System.Text;
using Descent.Data;
using Descent.Fitting;

namespace Descent.Fuzz;

/// <summary>What is done next with what a loader accepts: every number is looked at, every model predicts.</summary>
static class Uses
{
    static readonly Lazy<(string Table, string Sparse)> files = new(() => (Written("rows.csv",
        "y,x,g,words,a,b0,b,m\n1,0.5,u,good fine day,1.5,0,2,10\n0,-2,v,,0,1,-1,3\n1,3,w,bad tea,-1,1,0.25,1\n"),
        Written("rows.vw", "1 |a x:2 y |b z:-0.5\n-1 2 tag|a x |c long_name:3 w\n0.5 | plain\n")));

    /// <summary>A file of three rows that has the columns of the models in the corpus; written once a process.</summary>
    public static string RowsFile => files.Value.Table;

    /// <summary>Every cell of a table.</summary>
    public static void Of(Table table)
    {
        double sum = 0;
        foreach (Column c in table.Columns)
        {
            if (c.IsText)
                foreach (int code in c.Codes) sum += c.Levels[code].Length;
            else
                foreach (double x in c.Numbers) sum += x;
        }
        GC.KeepAlive(sum);
    }

    /// <summary>
    /// A file of typed columns as a table: all that can be read at all, or, by the length of the file, one of them alone, so that one that
    /// is refused does not hide the others.
    /// </summary>
    public static void Of(IColumnForm form, string file)
    {
        string[] names;
        using (IColumnSource source = form.Open(file))
            names = [.. source.Columns.Where(c => c.Unreadable is null).Select(c => c.Name.Trim())];
        long chosen = new FileInfo(file).Length % (2 * Math.Max(1, names.Length));
        if (chosen < names.Length) names = [names[chosen]];
        Of(ColumnReader.Read([file], [form], new ColumnOptions { Missing = MissingPolicy.Keep, Wanted = n => names.Contains(n[0]) }));
    }

    /// <summary>What predict, evaluate and inspect do with a model.</summary>
    public static void Of(ModelFile m)
    {
        if (m.Network is { } net)
        {
            if (net.Sizes.Max() < 1000) _ = net.Build().Description;
            return;
        }
        double[] x = new double[m.Features.Count],
            z = Predictor.Margins(new DenseRows<double>(x, 1, x.Length), m.Flat, m.Weights.Length, m.Intercepts is not null);
        ModelFamily family = ModelFamilies.Of(m.Model);
        family.Measure(new MeasuredRows(z, [0], null)
        {
            Outputs = m.Weights.Length,
            HasReference = m.HasReferenceClass,
            Own = m.Tau ?? m.Delta ?? double.NaN,
            Parameters = m.Flat.Length
        });
        family.AppendPrediction(new StringBuilder(), z, m.Classes ?? [], m.HasReferenceClass);
        _ = m.Data.Fingerprint[..16] + string.Join(", ", m.Features.Select(f => f.Name.Length))
            + string.Join(", ", m.Classes?.Select(c => c.Length) ?? []);
    }

    /// <summary>The same, and the rows of a file through formula, levels and hashed words.</summary>
    public static void OnRows(ModelFile m)
    {
        Of(m);
        if (m.Network is not null) return;
        bool numbered = m.Features.Count > 0 && m.Features[0].Index is not null;
        ModelRows rows = ModelRows.Load(m, null, new DataSpec([numbered ? files.Value.Sparse : RowsFile]), false);
        if (rows.Margins.Length != rows.Count * rows.Outputs) throw new InvalidOperationException("margins are missing");
    }

    /// <summary>What predict does with a mixture.</summary>
    public static void Of(SavedMixture m)
    {
        double[] row = new double[m.RowLength];
        Array.Fill(row, 1);
        _ = m.Family.Read(m, row, []);
        if (m.Family.Allocates && Math.Abs(m.Responsibilities(row).Sum() - 1) > 1e-6)
            throw new InvalidOperationException("the responsibilities do not sum to 1");
    }

    static string Written(string name, string text)
    {
        string file = Path.Combine(Path.GetTempPath(), $"descent-fuzz-{Environment.ProcessId}-{name}");
        File.WriteAllText(file, text);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(file);
        return file;
    }
}
