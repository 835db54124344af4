using Descent.Data.Files;
using Descent.Models.Inference;

namespace Descent.Fitting.Fits;

// Columns that add nothing to the others are left out of a fit without a penalty, and said.
sealed partial class RiskFitter
{
    int[]? kept;

    int Columns => kept?.Length ?? data.Columns;

    void LeaveOutDependentColumns()
    {
        // Beside products of columns no column is told by the others.
        if (!data.Family.HasLinearMargins) return;
        if (L2 > 0 || spec.Model.L1 > 0 || spec.Path is not null) return;
        IReadOnlyList<DependentColumn> found = sparse is { } rows
            ? ColumnRank.Dependent(rows, weights, spec.Model.Intercept || !data.Family.HasIntercept)
            : ColumnRank.Dependent(new DenseRows<double>(dense!.Value, train.Length, data.Columns), weights,
                spec.Model.Intercept || !data.Family.HasIntercept);
        if (found.Count == 0 || (found.Count == data.Columns && !spec.Model.Intercept)) return;
        kept = [.. Enumerable.Range(0, data.Columns).Except(found.Select(f => f.Column))];
        if (dense is { } x) dense = Narrow(x, data.Columns, kept);
        else sparse = Narrow(sparse!.Value, kept);
        Say(found, ColumnFault.Zero, "zero in every row", "They change nothing and stay 0.", "It changes nothing and stays 0.");
        Say(found, ColumnFault.Constant, "a constant column", "The intercept stands for them; they stay 0.", "The intercept stands for "
            + "it; it stays 0.");
        foreach (DependentColumn f in found.Where(f => f.Fault == ColumnFault.Combination).Take(5))
            remarks.Add($"{Quoted(f.Column)} is a linear combination of "
                + $"{Names(f.Of)}{(!spec.Model.Intercept ? "" : " (and the intercept)")}, to rounding: left out, its coefficient stays "
                + $"0; the fit is the same.");
        int more = found.Count(f => f.Fault == ColumnFault.Combination) - 5;
        if (more > 0) remarks.Add($"{Text.Plural(more, "further column")} are linear combinations of others and left out too.");
    }

    void Say(IReadOnlyList<DependentColumn> found, ColumnFault fault, string what, string them, string it)
    {
        int[] these = [.. found.Where(f => f.Fault == fault).Select(f => f.Column)];
        if (these.Length == 1) remarks.Add($"{Quoted(these[0])} is {what}: left out. {it}");
        if (these.Length > 1) remarks.Add($"{Names(these)} are each {what}: left out. {them}");
    }

    string Quoted(int column) => $"'{data.Features[column].Name}'";

    string Names(IReadOnlyList<int> columns) =>
        string.Join(", ", columns.Take(8).Select(Quoted)) + (columns.Count > 8 ? $" and {Text.Count(columns.Count - 8)} more" : "");

    static Slab<double> Narrow(Slab<double> from, int columns, int[] kept)
    {
        long n = from.Length / columns;
        Slab<double> to = Room.Take<double>(n * kept.Length);
        for (long i = 0; i < n; i++)
            for (int j = 0; j < kept.Length; j++) to[(i * kept.Length) + j] = from[(i * columns) + kept[j]];
        return to;
    }

    static CsrRows<double> Narrow(CsrRows<double> from, int[] kept)
    {
        int[] place = new int[from.Columns];
        Slab<int> indices = Room.Take<int>(from.Entries);
        Array.Fill(place, -1);
        for (int j = 0; j < kept.Length; j++) place[kept[j]] = j;
        Slab<double> values = Room.Take<double>(from.Entries);
        long[] starts = new long[from.Count + 1];
        long at = 0;
        for (int i = 0; i < from.Count; i++)
        {
            ReadOnlySpan<int> index = from.IndicesOf(i);
            ReadOnlySpan<double> value = from.ValuesOf(i);
            for (int k = 0; k < index.Length; k++)
                if (place[index[k]] >= 0) (indices[at], values[at++]) = (place[index[k]], value[k]);
            starts[i + 1] = at;
        }
        return new CsrRows<double>(starts, indices, values, kept.Length);
    }

    // Parameters of the columns used → parameters of all columns, 0 where left out.
    double[] Widen(double[] w, int outputs, double rest = 0) => kept is null ? w : Widen(w, outputs, kept, data.Columns, rest);

    static double[] Widen(double[] w, int outputs, int[] kept, int columns, double rest)
    {
        int d = kept.Length;
        double[] all = new double[w.Length + (outputs * (columns - d))];
        Array.Fill(all, rest, 0, outputs * columns);
        for (int k = 0; k < outputs; k++)
            for (int j = 0; j < d; j++) all[(k * columns) + kept[j]] = w[(k * d) + j];
        w.AsSpan(outputs * d).CopyTo(all.AsSpan(outputs * columns));
        return all;
    }
}
