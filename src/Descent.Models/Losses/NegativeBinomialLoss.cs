namespace Descent.Models.Losses;

/// <summary>
/// φ = (y + θ) log(1 + e^z/θ) − yz for counts y ≥ 0, mean μ = e^z and variance μ + μ²/θ: the negative log-likelihood with log link, without
/// terms that do not depend on z. Convex for every θ, for it is a logistic loss of z − log θ with y + θ trials.
/// </summary>
/// <param name="theta">θ &gt; 0; as it grows the counts become Poisson counts.</param>
public readonly struct NegativeBinomialLoss(double theta) : IMarginLoss
{
    readonly double shift = Math.Log(theta);

    /// <summary>θ.</summary>
    public double Theta { get; } = theta;

    /// <inheritdoc/>
    public string Name => "negative-binomial";

    /// <inheritdoc/>
    public double Smoothness => double.PositiveInfinity;

    /// <inheritdoc/>
    public double SelfConcordance => 1;

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public double Value(double z, double y)
    {
        double t = z - shift;
        double soft = t > 0 ? t + ElementaryFunctions.LogOnePlus(Elementary.Exp(-t)) : ElementaryFunctions.LogOnePlus(Elementary.Exp(t));
        return ((y + Theta) * soft) - (y * z);
    }

    /// <inheritdoc/>
    public double Derivative(double z, double y)
    {
        // (μ − y)/(1 + μ/θ), with e^(−|t|) so that nothing overflows.
        double t = z - shift, e = Elementary.Exp(-Math.Abs(t));
        return t > 0 ? (Theta - (y * e)) / (1 + e) : ((Theta * e) - y) / (1 + e);
    }

    /// <inheritdoc/>
    public double Second(double z, double y)
    {
        double e = Elementary.Exp(-Math.Abs(z - shift));
        return (y + Theta) * e / ((1 + e) * (1 + e));
    }

    /// <inheritdoc/>
    public double Least(double y) => y > 0 ? ((y + Theta) * ElementaryFunctions.LogOnePlus(y / Theta)) - (y * Math.Log(y)) : 0;

    /// <inheritdoc/>
    public double Conjugate(double u, double y)
    {
        double n = y + Theta, q = (u + y) / n, rest = (Theta - u) / n;
        if (q < 0 || rest < 0) return double.PositiveInfinity;
        return ((u + y) * shift) + (n * ((q > 0 ? q * Math.Log(q) : 0) + (rest > 0 ? rest * Math.Log(rest) : 0)));
    }

    /// <inheritdoc/>
    public double ConjugateSize(double u, double y)
    {
        double n = y + Theta, q = Math.Max((u + y) / n, 1e-300), rest = Math.Max((Theta - u) / n, 1e-300);
        return Math.Abs((u + y) * shift) + (n * (2 + Math.Abs(Math.Log(q)) + Math.Abs(Math.Log(rest))));
    }

    /// <inheritdoc/>
    public (double Low, double High) Domain(double y) => (-y, Theta);

    /// <inheritdoc/>
    public (double Least, double Most) Curvatures(double z, double y, double t) =>
        (Second(z, y) * Math.Exp(-t), Second(z, y) * Math.Exp(t));

    /// <inheritdoc/>
    public (double Value, double Slope) Sizes(double z, double y)
    {
        double t = z - shift, soft = t > 0 ? t + 1 : Elementary.Exp(t), grown = 1 + Math.Abs(shift);
        return (((y + Theta) * soft * grown) + Math.Abs(y * z), (Math.Abs(Derivative(z, y)) + (2 * y)) * grown);
    }

    /// <inheritdoc/>
    public void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value) => MarginLosses.Each(this, z, y, value);
}
