using Descent.Models.Generalised;

namespace Descent.Fitting.Families;

/// <summary>μ = σ(η).</summary>
readonly struct LogitLink : IBinaryLink
{
    public (double Success, double Failure) Mean(double margin) => Link.Logit.Mean(margin);

    public double Slope(double margin) => Link.Logit.Slope(margin);

    public double Of(double mean) => Link.Logit.Of(mean, 1 - mean);

    public string Words(string margin) => $"σ({margin})";
}

/// <summary>μ = Φ(η).</summary>
readonly struct ProbitLink : IBinaryLink
{
    public (double Success, double Failure) Mean(double margin) =>
        (Math.Exp(NormalTail.LogCdf(margin)), Math.Exp(NormalTail.LogCdf(-margin)));

    public double Slope(double margin) => Link.Probit.Slope(margin);

    public double Of(double mean) => Link.Probit.Of(mean, 1 - mean);

    public string Words(string margin) => $"Φ({margin})";
}

/// <summary>μ = 1 − exp(−e^η).</summary>
readonly struct ComplementaryLogLogLink : IBinaryLink
{
    public (double Success, double Failure) Mean(double margin) => Link.CLogLog.Mean(margin);

    public double Slope(double margin) => Link.CLogLog.Slope(margin);

    public double Of(double mean) => Link.CLogLog.Of(mean, 1 - mean);

    public string Words(string margin) => $"1 − exp(−e^({margin}))";
}
