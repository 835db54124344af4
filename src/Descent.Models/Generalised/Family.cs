namespace Descent.Models.Generalised;

/// <summary>
/// A family of distributions of a generalised linear model, by its variance function V and half its unit
/// deviance, <c>φ(y, μ) = ∫_μ^y (y−t)/V(t) dt ≥ 0</c>:
/// the negative log-likelihood in units of the dispersion, less its value at μ = y. Pure functions; source: McCullagh and Nelder 1989, 2.3.
/// </summary>
public abstract class Family
{
    Family(string name, Link canonical) => (Name, Canonical) = (name, canonical);

    /// <summary>V = μ(1−μ), for proportions y in [0, 1]; weights are the numbers of trials.</summary>
    public static Family Binomial { get; } = new BinomialFamily();

    /// <summary>V = μ, for counts y ≥ 0.</summary>
    public static Family Poisson { get; } = new PoissonFamily();

    /// <summary>V = μ², for y &gt; 0.</summary>
    public static Family Gamma { get; } = new GammaFamily();

    /// <summary>V = 1.</summary>
    public static Family Gaussian { get; } = new GaussianFamily();

    /// <summary>V = μ³, for y &gt; 0.</summary>
    public static Family InverseGaussian { get; } = new InverseGaussianFamily();

    /// <summary>The family's name in R.</summary>
    public string Name { get; }

    /// <summary>The link with which the Hessian of the likelihood does not depend on the targets.</summary>
    public Link Canonical { get; }

    /// <summary>What targets must be, in words.</summary>
    public abstract string Targets { get; }

    /// <summary>Whether y may be a target.</summary>
    public abstract bool Has(double y);

    /// <summary>Whether μ may be a mean, given with its complement 1 − μ.</summary>
    public virtual bool Allows(double mean, double complement) => mean > 0 && double.IsFinite(mean);

    /// <summary>φ(y, μ), half the unit deviance.</summary>
    public abstract double Loss(double y, double mean, double complement);

    /// <summary>(y − μ)/V(μ) as <c>−∂φ/∂μ</c>.</summary>
    public virtual double Score(double y, double mean, double complement) => (y - mean) / Variance(mean, complement);

    /// <summary>The variance function V(μ) of the family, given μ and 1 − μ.</summary>
    public abstract double Variance(double mean, double complement);

    /// <summary>A mean inside its range near the target, from which a first fit is made; those of R.</summary>
    public virtual double Near(double y, double weight) => y;

    static double LogRatio(double a, double b) => a == 0 ? 0 : a * Math.Log(a / b);

    sealed class BinomialFamily() : Family("binomial", Link.Logit)
    {
        public override string Targets => "proportions from 0 to 1";

        public override bool Has(double y) => y is >= 0 and <= 1;

        public override bool Allows(double mean, double complement) => mean > 0 && complement > 0;

        public override double Loss(double y, double mean, double complement) => LogRatio(y, mean) + LogRatio(1 - y, complement);

        // As a sum of two, neither of which is the small difference of large numbers where μ is next to 0 or 1.
        public override double Score(double y, double mean, double complement) =>
            (y == 0 ? 0 : y / mean) - (y == 1 ? 0 : (1 - y) / complement);

        public override double Variance(double mean, double complement) => mean * complement;

        public override double Near(double y, double weight) => ((weight * y) + 0.5) / (weight + 1);
    }

    sealed class PoissonFamily() : Family("poisson", Link.Log)
    {
        public override string Targets => "counts ≥ 0";

        public override bool Has(double y) => y >= 0 && double.IsFinite(y);

        public override double Loss(double y, double mean, double complement) => LogRatio(y, mean) - (y - mean);

        public override double Variance(double mean, double complement) => mean;

        public override double Near(double y, double weight) => y + 0.1;
    }

    sealed class GammaFamily() : Family("Gamma", Link.Inverse)
    {
        public override string Targets => "numbers above 0";

        public override bool Has(double y) => y > 0 && double.IsFinite(y);

        public override double Loss(double y, double mean, double complement) => ((y - mean) / mean) - Math.Log(y / mean);

        public override double Variance(double mean, double complement) => mean * mean;
    }

    sealed class GaussianFamily() : Family("gaussian", Link.Identity)
    {
        public override string Targets => "finite numbers";

        public override bool Has(double y) => double.IsFinite(y);

        public override bool Allows(double mean, double complement) => double.IsFinite(mean);

        public override double Loss(double y, double mean, double complement) => 0.5 * (y - mean) * (y - mean);

        public override double Variance(double mean, double complement) => 1;
    }

    sealed class InverseGaussianFamily() : Family("inverse.gaussian", Link.InverseSquare)
    {
        public override string Targets => "numbers above 0";

        public override bool Has(double y) => y > 0 && double.IsFinite(y);

        public override double Loss(double y, double mean, double complement) => (y - mean) / mean * ((y - mean) / mean) / (2 * y);

        public override double Variance(double mean, double complement) => mean * mean * mean;
    }
}
