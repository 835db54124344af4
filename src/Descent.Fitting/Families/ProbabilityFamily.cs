using Descent.Models.Losses;

namespace Descent.Fitting.Families;

/// <summary>A family of probabilities with a link of choice: of one class of two, or of the successes among trials.</summary>
abstract class ProbabilityFamily<TLoss, TLink>(string name, LabelKind labels, params string[] aliases)
    : MeanFamily<TLoss>(name, labels, aliases)
    where TLoss : struct, IMarginLoss
    where TLink : struct, IBinaryLink
{
    /// <inheritdoc/>
    public override double TypicalCurvature => 0.1;

    /// <inheritdoc/>
    public override double Smoothness => default(TLoss).Smoothness;

    /// <inheritdoc/>
    public override double Response(double margin) => default(TLink).Mean(margin).Success;

    protected override TLoss LossOf(double own) => default;

    protected override double Variance(double mean, double own) => mean * (1 - mean);

    protected override double Slope(double margin) => default(TLink).Slope(margin);

    protected override double Link(double mean) => mean is > 0 and < 1 ? default(TLink).Of(mean) : 0;

    internal override double ExpectedCurvature(double margin, double own)
    {
        double t = Slope(margin);
        (double success, double failure) = default(TLink).Mean(margin);
        return t == 0 ? 0 : t / success * (t / failure);
    }
}
