
namespace Descent.Fitting.Design;

/// <summary>Rows written out with every column, row-major.</summary>
static class WholeRows
{
    // Training holds the rows as read, scaled and in single precision.
    const int Copies = 4;

    /// <summary>All entries of some rows, zeros included.</summary>
    /// <exception cref="FitException">They do not fit into memory.</exception>
    public static double[] Of<TRows>(TRows rows, string source)
        where TRows : struct, IRows<double>
    {
        long length = (long)rows.Count * rows.Columns,
            most = Math.Min(Array.MaxLength, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / sizeof(double) / Copies);
        if (length > most)
            throw new FitException($"{source}: {Text.Plural(rows.Count, "row")} of {Text.Count(rows.Columns)} columns, zeros included, "
                + $"take {Text.Bytes(length * sizeof(double))}, more than fits here ({Text.Bytes(most * sizeof(double))}). A network "
                + $"looks at every column: use `Family = logistic` or softmax, which take sparse rows as they are, or fewer rows or "
                + $"columns.");
        double[] all = new double[length];
        for (int i = 0; i < rows.Count; i++) rows.AddScaledExact(i, 1, all.AsSpan(i * rows.Columns, rows.Columns));
        return all;
    }
}
