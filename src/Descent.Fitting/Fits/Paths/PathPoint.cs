using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>The optimum of one λ of a path.</summary>
/// <param name="Lambda">λ.</param>
/// <param name="L1">λ₁ = λα of λ₁‖w‖₁.</param>
/// <param name="L2">λ₂ = λ(1 − α) of (λ₂/2)‖w‖².</param>
/// <param name="Certificate">F(w), penalties in it, and how far it is from its infimum.</param>
/// <param name="NonZeros">Coefficients away from zero, intercepts apart.</param>
/// <param name="Parameters">On the scale of the data: K weight vectors, then K intercepts where there are any.</param>
/// <param name="Steps">Steps of the method.</param>
public sealed record PathPoint(double Lambda, double L1, double L2, Certificate Certificate, int NonZeros,
    IReadOnlyList<double> Parameters, long Steps)
{
    /// <summary>Mean loss on the rows held out; null when none were.</summary>
    public double? HeldOutLoss { get; init; }

    /// <summary>Standard error of <see cref="HeldOutLoss"/>, over rows.</summary>
    public double? HeldOutError { get; init; }

    /// <summary>Mean of the losses on the folds held out, each weighed by the weight of its rows; null without cross-validation.</summary>
    public double? FoldLoss { get; init; }

    /// <summary>Standard error of <see cref="FoldLoss"/>, over folds.</summary>
    public double? FoldError { get; init; }

    /// <summary>The loss that the choice goes by, with its standard error; NaN where no rows were held out.</summary>
    internal (double Loss, double Error) Unseen => (FoldLoss ?? HeldOutLoss ?? double.NaN, FoldError ?? HeldOutError ?? double.NaN);
}
