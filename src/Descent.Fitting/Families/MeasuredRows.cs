namespace Descent.Fitting.Families;

/// <summary>Rows that a fit is measured on: margins, labels, weights.</summary>
/// <param name="margins">n·K margins, row by row.</param>
/// <param name="labels">n labels.</param>
/// <param name="weights">n weights ≥ 0; null for 1.</param>
readonly ref struct MeasuredRows(ReadOnlySpan<double> margins, ReadOnlySpan<double> labels, double[]? weights)
{
    public ReadOnlySpan<double> Margins { get; } = margins;

    public ReadOnlySpan<double> Labels { get; } = labels;

    /// <summary>What of the margins has no coefficient; null for nothing.</summary>
    public double[]? Offsets { get; init; }

    /// <summary>Margins a row, K.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>Whether class 0 has no margin of its own: it is 0.</summary>
    public bool HasReference { get; init; }

    /// <summary>The family's own number (τ, δ).</summary>
    public double Own { get; init; }

    /// <summary>Parameters that were fitted.</summary>
    public int Parameters { get; init; }

    /// <summary>Rows, n.</summary>
    public int Count => Labels.Length;

    /// <summary>Rows that weigh something: the others are not observations.</summary>
    public int Used => weights is null ? Labels.Length : weights.Count(w => w > 0);

    public double OffsetOf(int i) => Offsets is null ? 0 : Offsets[i];

    public double WeightOf(int i) => weights is null ? 1 : weights[i];

    /// <summary>One of the rows, with weight 1.</summary>
    public MeasuredRows Row(int i) =>
        new(Margins.Slice(i * Outputs, Outputs), Labels.Slice(i, 1), null)
        {
            Offsets = Offsets is null ? null : [Offsets[i]],
            Outputs = Outputs,
            HasReference = HasReference,
            Own = Own,
            Parameters = Parameters
        };
}
