using Descent.Fitting.Formulas;

namespace Descent.Fitting.Design;

/// <summary>The columns of a term of a formula.</summary>
sealed class TermPart(TermColumns term, int first) : RowPart(first)
{
    readonly int[] places = new int[term.MostEntries];
    readonly double[] values = new double[term.MostEntries];

    public override int MostEntries => term.MostEntries;

    public override void Fill(Span<double> x, int columns, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            int count = term.Entries(i, places, values);
            for (int e = 0; e < count; e++) x[((i - from) * columns) + First + places[e]] = values[e];
        }
    }

    public override int Entries(int row, Span<int> at, Span<double> numbers)
    {
        int count = term.Entries(row, at, numbers);
        for (int e = 0; e < count; e++) at[e] += First;
        return count;
    }

    /// <summary>The parts of all terms, one after another.</summary>
    public static IReadOnlyList<RowPart> Of(IReadOnlyList<TermColumns> terms)
    {
        List<RowPart> parts = [];
        int first = 0;
        foreach (TermColumns t in terms)
        {
            parts.Add(new TermPart(t, first));
            first += t.Width;
        }
        return parts;
    }
}
