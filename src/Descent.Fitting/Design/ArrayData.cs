using Descent.Fitting.Families;

namespace Descent.Fitting.Design;

/// <summary>Rows and labels that are arrays already.</summary>
static class ArrayData
{
    const string Source = "arrays";

    public static LoadedData Dense(FitSpec spec, double[] values, int count, int columns, ReadOnlySpan<double> y,
        IReadOnlyList<string>? names, double[]? weights, double[]? offsets)
    {
        for (int i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i]))
                throw new FitException(FormattableString.Invariant(
                    $"x[{i / columns}, {i % columns}] is {values[i]}; expected finite numbers. Leave the row out, or fill the value in."));
        return Of(spec, count, columns, y, names, weights, offsets, $"{Text.Count(count)} × {Text.Count(columns)}", data =>
            data with { Dense = values });
    }

    public static LoadedData Sparse(FitSpec spec, CsrRows<double> rows, ReadOnlySpan<double> y, double[]? weights, double[]? offsets) =>
        Of(spec, rows.Count, rows.Columns, y, null,
            weights, offsets, $"{Text.Count(rows.Count)} × {Text.Count(rows.Columns)}, {Text.Count(rows.Entries)} non-zeros", data =>
            data with { Sparse = rows });

    static LoadedData Of(FitSpec spec, int count, int columns, ReadOnlySpan<double> y, IReadOnlyList<string>? names, double[]? weights,
        double[]? offsets, string shape, Func<ArraysRead, ArraysRead> with)
    {
        if (OffsetSource.Of(spec.Data) is not null)
            throw new FitException("`Offset` and `Exposure` name columns of a table; beside arrays an offset is numbers: "
                + "FitOptions.Offsets.");
        if (TrialSource.Of(spec.Data) is not null) throw new FitException("`Trials` and `Failures` name columns of a table.");
        if (y.Length != count) throw new FitException($"y has {y.Length} entries; expected one for each of the {count} rows of x.");
        if (count == 0 || columns == 0) throw new FitException($"x is {count} × {columns}; expected at least one row and one column.");
        if (names is not null && names.Count != columns) throw new FitException($"{names.Count} names are given for {columns} columns.");
        if (weights is not null && weights.Length != count) throw new FitException($"{weights.Length} weights are given for "
            + $"{count} rows.");
        for (int i = 0; i < y.Length; i++)
            if (!double.IsFinite(y[i])) throw new FitException(FormattableString.Invariant($"y[{i}] is {y[i]}; expected finite numbers."));
        if (offsets is not null && offsets.Length != count) throw new FitException($"{offsets.Length} offsets are given for "
            + $"{count} rows.");
        for (int i = 0; i < offsets?.Length; i++)
            if (!double.IsFinite(offsets[i]))
                throw new FitException(FormattableString.Invariant($"offset {i} is {offsets[i]}; expected finite numbers."));
        TargetLabels target = TargetLabels.FromNumbers(spec, spec.Data.Level, y, "y", Source);
        ArraysRead rows = with(new ArraysRead());
        return new LoadedData
        {
            Source = Source,
            Format = "arrays",
            Features =
                [.. Enumerable.Range(0, columns).Select(j => names is null ? new FeatureSource("", null, j) : new FeatureSource(names[j]))],
            Dense = rows.Dense,
            Sparse = rows.Sparse,
            Count = count,
            Labels = target.Labels,
            Weights = Multiply(weights, target.ClassWeights(spec)),
            Offsets = offsets,
            Offset = offsets is null ? null : new OffsetSource { Given = true },
            Classes = target.Classes,
            Family = target.Family,
            Target = "y",
            Lines = [$"{Source}: {shape}", target.Summary],
        };
    }

    static double[]? Multiply(double[]? a, double[]? b) => a is null ? b : b is null ? a : [.. a.Zip(b, (x, y) => x * y)];

    sealed record ArraysRead
    {
        public Slab<double>? Dense { get; init; }

        public CsrRows<double>? Sparse { get; init; }
    }
}
