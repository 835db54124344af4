using MathNet.Numerics;

namespace Descent.Models.Generalised;

/// <summary>
/// A link g of a generalised linear model: <c>g(μ) = η = x·w + b</c>. Means are kept with their complement 1 − μ, so that no digit of a
/// small one is lost. Outside its range, where η is the link of no mean, an inverse link gives NaN.
/// Pure functions; source: McCullagh and Nelder 1989, 2.2 and 4.3.
/// </summary>
public abstract class Link
{
    Link(string name) => Name = name;

    /// <summary><c>ln(μ/(1−μ))</c>, canonical for the binomial family.</summary>
    public static Link Logit { get; } = new LogitLink();

    /// <summary><c>Φ⁻¹(μ)</c>, Φ the standard normal distribution function.</summary>
    public static Link Probit { get; } = new ProbitLink();

    /// <summary><c>ln(−ln(1−μ))</c>: the complementary log-log link.</summary>
    public static Link CLogLog { get; } = new CLogLogLink();

    /// <summary><c>tan(π(μ−½))</c>: the Cauchy quantile. The likelihood need not be log-concave.</summary>
    public static Link Cauchit { get; } = new CauchitLink();

    /// <summary><c>ln μ</c>, canonical for the Poisson family.</summary>
    public static Link Log { get; } = new LogLink();

    /// <summary><c>μ</c>, canonical for the Gaussian family.</summary>
    public static Link Identity { get; } = new IdentityLink();

    /// <summary><c>√μ</c>, for η &gt; 0.</summary>
    public static Link Sqrt { get; } = new SqrtLink();

    /// <summary><c>1/μ</c>, canonical for the gamma family.</summary>
    public static Link Inverse { get; } = new InverseLink();

    /// <summary><c>1/μ²</c>, for η &gt; 0; canonical for the inverse Gaussian family.</summary>
    public static Link InverseSquare { get; } = new InverseSquareLink();

    /// <summary>The link's name in R.</summary>
    public string Name { get; }

    /// <summary>The linear predictor η = g(μ), given μ and its complement 1 − μ.</summary>
    /// <param name="mean">μ.</param>
    /// <param name="complement">1 − μ; only links of the binomial family read it.</param>
    public abstract double Of(double mean, double complement);

    /// <summary>μ = g⁻¹(η), with 1 − μ; NaN where η belongs to no mean.</summary>
    public abstract (double Mean, double Complement) Mean(double eta);

    /// <summary>The slope dμ/dη of the mean at η.</summary>
    public abstract double Slope(double eta);

    static (double Mean, double Complement) Plain(double mean) => (mean, 1 - mean);

    sealed class LogitLink() : Link("logit")
    {
        public override double Of(double mean, double complement) => Math.Log(mean) - Math.Log(complement);

        public override (double Mean, double Complement) Mean(double eta) => (1 / (1 + Math.Exp(-eta)), 1 / (1 + Math.Exp(eta)));

        public override double Slope(double eta) => Math.Exp(-Math.Abs(eta)) is var e ? e / ((1 + e) * (1 + e)) : 0;
    }

    sealed class ProbitLink() : Link("probit")
    {
        static readonly double Root = Math.Sqrt(0.5);

        public override double Of(double mean, double complement) =>
            mean <= complement ? -SpecialFunctions.ErfcInv(2 * mean) / Root : SpecialFunctions.ErfcInv(2 * complement) / Root;

        public override (double Mean, double Complement) Mean(double eta) =>
            (0.5 * SpecialFunctions.Erfc(-eta * Root), 0.5 * SpecialFunctions.Erfc(eta * Root));

        public override double Slope(double eta) => Math.Exp(-0.5 * eta * eta) / Math.Sqrt(2 * Math.PI);
    }

    sealed class CLogLogLink() : Link("cloglog")
    {
        public override double Of(double mean, double complement) =>
            Math.Log(mean <= complement ? -SpecialFunctions.Log1p(-mean) : -Math.Log(complement));

        public override (double Mean, double Complement) Mean(double eta)
        {
            double e = Math.Exp(eta);
            return (-ElementaryFunctions.ExpMinusOne(-e), Math.Exp(-e));
        }

        public override double Slope(double eta) => Math.Exp(eta - Math.Exp(eta));
    }

    sealed class CauchitLink() : Link("cauchit")
    {
        public override double Of(double mean, double complement) =>
            mean <= complement ? -1 / Math.Tan(Math.PI * mean) : 1 / Math.Tan(Math.PI * complement);

        // The angle between the ray (−η, 1) and the axis: no digit is lost in either tail.
        public override (double Mean, double Complement) Mean(double eta) => (Math.Atan2(1, -eta) / Math.PI, Math.Atan2(1, eta) / Math.PI);

        public override double Slope(double eta) => 1 / (Math.PI * (1 + (eta * eta)));
    }

    sealed class LogLink() : Link("log")
    {
        public override double Of(double mean, double complement) => Math.Log(mean);

        public override (double Mean, double Complement) Mean(double eta) => (Math.Exp(eta), -ElementaryFunctions.ExpMinusOne(eta));

        public override double Slope(double eta) => Math.Exp(eta);
    }

    sealed class IdentityLink() : Link("identity")
    {
        public override double Of(double mean, double complement) => mean;

        public override (double Mean, double Complement) Mean(double eta) => Plain(eta);

        public override double Slope(double eta) => 1;
    }

    sealed class SqrtLink() : Link("sqrt")
    {
        public override double Of(double mean, double complement) => Math.Sqrt(mean);

        public override (double Mean, double Complement) Mean(double eta) => Plain(eta > 0 ? eta * eta : double.NaN);

        public override double Slope(double eta) => 2 * eta;
    }

    sealed class InverseLink() : Link("inverse")
    {
        public override double Of(double mean, double complement) => 1 / mean;

        public override (double Mean, double Complement) Mean(double eta) => Plain(1 / eta);

        public override double Slope(double eta) => -1 / (eta * eta);
    }

    sealed class InverseSquareLink() : Link("1/mu^2")
    {
        public override double Of(double mean, double complement) => 1 / (mean * mean);

        public override (double Mean, double Complement) Mean(double eta) => Plain(eta > 0 ? 1 / Math.Sqrt(eta) : double.NaN);

        public override double Slope(double eta) => -0.5 / (eta * Math.Sqrt(eta));
    }
}
