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

    /// <summary>Trials of each row, where labels are shares; null otherwise.</summary>
    public double[]? Trials { get; init; }

    /// <summary>What the weights are.</summary>
    public WeightMeaning Meaning { get; init; }

    /// <summary>Whether a likelihood means anything: not under weights of importance.</summary>
    public bool HasLikelihood => Meaning != WeightMeaning.Importance;

    /// <summary>Parameters of the likelihood that were estimated beside the coefficients.</summary>
    public int Nuisances { get; init; }

    /// <summary>Parameters that were fitted.</summary>
    public int Parameters { get; init; }

    /// <summary>Rows, n.</summary>
    public int Count => Labels.Length;

    /// <summary>Rows that weigh something: the others are not observations.</summary>
    public int Used => weights is null ? Labels.Length
        : Meaning == WeightMeaning.Frequency ? (int)Math.Round(Trials is null ? weights.Sum() : Repeats(weights, Trials))
        : weights.Count(w => w > 0);

    // Rows of trials weigh as often as they are repeated, times their trials.
    static double Repeats(double[] weights, double[] trials)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++) sum += weights[i] / trials[i];
        return sum;
    }

    public double OffsetOf(int i) => Offsets is null ? 0 : Offsets[i];

    public bool HasWeights => weights is not null;

    public double WeightOf(int i) => weights is null ? 1 : weights[i];

    /// <summary>One of the rows, with weight 1.</summary>
    public MeasuredRows Row(int i) =>
        new(Margins.Slice(i * Outputs, Outputs), Labels.Slice(i, 1), null)
        {
            Offsets = Offsets is null ? null : [Offsets[i]],
            Outputs = Outputs,
            HasReference = HasReference,
            Own = Own,
            Trials = Trials is null ? null : [Trials[i]],
            Meaning = Meaning,
            Nuisances = Nuisances,
            Parameters = Parameters
        };
}
