namespace Descent.Oracles;

/// <summary>A finite sum whose sampled gradients live on the few non-zeros of a row:
/// rules that leave other coordinates alone need not look at them.</summary>
/// <typeparam name="T">Element type of the iterate.</typeparam>
public interface ISupportOracle<T> : IRowOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether it is so here: sparse rows and no penalty that reaches every coordinate.</summary>
    bool SupportOnly { get; }

    /// <summary>λ when rows are sparse and <c>(λ/2)‖w‖²</c> without the intercept is all that is added to the losses;
    /// NaN otherwise.</summary>
    double CommonPenalty { get; }

    /// <summary>Asks the processor for what the examples that come after the k-th will need. Changes no result.</summary>
    void Ahead(ReadOnlySpan<int> examples, int k);

    /// <summary>The slope of an example's loss at w, so that its gradient is the slope times its row (and times 1 for the intercept);
    /// also its value.</summary>
    double Slope(ReadOnlySpan<T> w, int example, out double value);
}
