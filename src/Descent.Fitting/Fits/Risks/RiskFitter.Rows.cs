using Descent.Data.Files;

namespace Descent.Fitting.Fits;

// Which rows train, and how their columns are scaled.
sealed partial class RiskFitter
{
    void Select()
    {
        labels = [.. train.Select(i => data.Labels[i])];
        if (labels.Distinct().Count() < 2 && data.Classes is not null)
            throw new FitException("`HoldOut` leaves only one class to train on; hold out less.");
        (weights, offsets, trials) = (Of(data.Weights, train), Of(data.Offsets, train), Of(data.Trials, train));
        if (data.Dense is { } x) dense = Pick(x, train);
        else sparse = Pick(data.Sparse!.Value, train);
    }

    Slab<double> Pick(Slab<double> from, int[] rows)
    {
        int d = data.Columns;
        Slab<double> picked = Room.Take<double>((long)rows.Length * d);
        for (int i = 0; i < rows.Length; i++) from.Span((long)rows[i] * d, d).CopyTo(picked.Span((long)i * d, d));
        return picked;
    }

    static CsrRows<double> Pick(CsrRows<double> from, int[] rows)
    {
        long[] starts = new long[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++) starts[i + 1] = starts[i] + from.EntriesOf(rows[i]);
        Slab<int> indices = Room.Take<int>(starts[^1]);
        Slab<double> values = Room.Take<double>(starts[^1]);
        for (int i = 0; i < rows.Length; i++)
        {
            from.IndicesOf(rows[i]).CopyTo(indices.Span(starts[i], from.EntriesOf(rows[i])));
            from.ValuesOf(rows[i]).CopyTo(values.Span(starts[i], from.EntriesOf(rows[i])));
        }
        return new CsrRows<double>(starts, indices, values, from.Columns);
    }

    LoadedData Effective() => held.Length == 0 ? data : new LoadedData
    {
        Source = data.Source,
        Format = data.Format,
        Features = data.Features,
        Dense = dense,
        Sparse = sparse,
        Count = train.Length,
        Labels = labels,
        Weights = weights,
        Offsets = offsets,
        Trials = trials,
        Classes = data.Classes,
        Family = data.Family,
        Target = data.Target,
        Lines = data.Lines,
    };

    // Methods that solve with a Hessian, or build one, get centred and scaled columns; penalties keep their meaning by the inverse scales.
    void ScaleColumns(string method)
    {
        if (!data.Family.HasLinearMargins) return;
        CatalogueEntry entry = Catalogue.Find(method)!;
        bool inside = entry.ScalesColumns || (spec.Method.IsAuto && !entry.KeepsColumns);
        // A theorem speaks of the columns as they are.
        inside &= !spec.Method.WantsTheory;
        if (sparse is { } few && (spec.Model.Standardise || inside) && Scaling.IsWorthCentring(few)) (dense, sparse) = (Written(few), null);
        if (sparse is { } rows)
        {
            if (!spec.Model.Standardise) return;
            (scaling, CsrRows<double> scaled) = Scaling.Sparse(rows, weights);
            sparse = scaled;
            scalingNote = "columns divided by their standard deviations (sparse columns are not centred); coefficients are on the "
                + "original scale";
            return;
        }
        if (!spec.Model.Standardise && !inside) return;
        if (data.Dense is { } read && dense!.Value.IsSame(read)) dense = Room.Grow(read, read.Length, read.Length);
        bool centre = spec.Model.Intercept && !spec.Model.PenaliseIntercept;
        double curvature = data.Family.TypicalCurvature;
        scaling = Scaling.Dense(dense!.Value, train.Length, Columns, weights, centre, spec.Model.Standardise ? 0
            : (L2 + (0.01 * spec.Model.L1)) / curvature);
        scalingNote = (spec.Model.Standardise, centre) switch
        {
            (true, true) => "columns centred and divided by their standard deviations; coefficients are on the original scale, "
                + "penalties on the scaled one",
            (true, false) => "columns divided by their standard deviations (without a free intercept they are not centred); "
                + "coefficients are on the original scale, penalties on the scaled one",
            _ => "inside only: columns centred and scaled for the solver; objective, penalties and coefficients are those of the "
                + "original columns",
        };
    }

    static Slab<double> Written(CsrRows<double> rows)
    {
        int d = rows.Columns;
        Slab<double> x = Room.Take<double>((long)rows.Count * d);
        for (int i = 0; i < rows.Count; i++) x.Span((long)i * d, d).Clear();
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<int> at = rows.IndicesOf(i);
            ReadOnlySpan<double> values = rows.ValuesOf(i);
            for (int k = 0; k < at.Length; k++) x[((long)i * d) + at[k]] = values[k];
        }
        return x;
    }
}
