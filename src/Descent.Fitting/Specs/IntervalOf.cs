namespace Descent.Fitting;

/// <summary>What an interval beside a prediction is to hold.</summary>
public enum IntervalOf
{
    /// <summary>The mean (the probability, the hazard ratio) at the row: a confidence interval.</summary>
    Mean,

    /// <summary>A new observation at the row, of weight 1: a prediction interval. For least squares.</summary>
    Observation,
}
