namespace Descent.Fitting;

/// <summary>
/// Progressive validation: the weighted mean of <c>ℓ(zₜ; yₜ)</c>, each zₜ predicted before row t was learnt from, so that no row is judged
/// by a model that has seen it.
/// </summary>
/// <param name="Rows">Rows seen.</param>
/// <param name="Weight">Sum of their weights.</param>
/// <param name="Sum">Weighted sum of their losses.</param>
/// <remarks>Source: Blum, Kalai and Langford 1999; Vowpal Wabbit prints the same.</remarks>
public readonly record struct ProgressiveLoss(long Rows, double Weight, double Sum)
{
    /// <summary>The mean; NaN before the first row that weighs something.</summary>
    public double Mean => Sum / Weight;

    /// <summary>What has come since an earlier moment.</summary>
    public ProgressiveLoss Since(ProgressiveLoss before) => new(Rows - before.Rows, Weight - before.Weight, Sum - before.Sum);

    internal ProgressiveLoss With(double loss, double weight) => new(Rows + 1, Weight + weight, Sum + (weight * loss));
}
