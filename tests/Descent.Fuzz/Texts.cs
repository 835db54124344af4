using System.Text;
using Descent.Data;
using Descent.Data.Hashing;
using Descent.Fitting;

namespace Descent.Fuzz;

/// <summary>Texts that users write: formulas, and the texts whose words <c>--text</c> hashes.</summary>
static class Texts
{
    const int Rows = 12;

    /// <summary>A formula, and the design that it makes of twelve rows of numbers and levels.</summary>
    public static void Formula(byte[] input)
    {
        Formula formula = Fitting.Formula.Parse(Encoding.UTF8.GetString(input));
        if (!Fitting.Formula.Parse(formula.ToString()).Equals(formula)) throw new InvalidOperationException("says something else again");
        FitSpec spec = new(new DataSpec(["rows"]) { Formula = formula }, new ModelSpec());
        TableDesign design = FormulaDesign.Of(spec, new ColumnChoice(spec.Data), TwelveRows(), []);
        if (design.Features.Count == 0) throw new InvalidOperationException("a design without columns");
    }

    /// <summary>Words and their runs: every text has them, and none is refused.</summary>
    public static void Words(byte[] input)
    {
        // Halves of pairs among the characters, which UTF-8 cannot have, come from the odd ones.
        string text = input.Length % 2 == 0 ? Encoding.UTF8.GetString(input)
            : string.Concat(input.Chunk(2).Select(b => (char)((b[0] << 8) | b[^1])));
        HashedRow row = new TextHash("words", 3, 10).Of(text);
        for (int k = 1; k < row.Columns.Length; k++)
            if (row.Columns[k] <= row.Columns[k - 1]) throw new InvalidOperationException("columns do not ascend");
    }

    static Table TwelveRows()
    {
        double[] i = [.. Enumerable.Range(0, Rows).Select(k => (double)k)];
        return Table.Of(
        [
            Column.Of("x", Array.ConvertAll(i, k => (k - 4) / 3)), Column.Of("z", Array.ConvertAll(i, k => Math.Sin(k))),
            Column.Of("n", Array.ConvertAll(i, k => k + 1)), Column.Of("k", Array.ConvertAll(i, k => 12 - k)),
            Column.Of("y", Array.ConvertAll(i, k => k * k % 7)),
            Column.Of("g", [.. i.Select(k => "uvw"[(int)k % 3].ToString())]), Column.Of("h", [.. i.Select(k => k < 5 ? "low" : "high")]),
        ]);
    }
}
