namespace Descent.Autodiff;

/// <summary>
/// A dual number, <c>a + bε</c> with ε² = 0: the value of a function and its derivative in one direction, computed together.
/// Forward mode: one evaluation a direction, about twice the function, no memory of the past. Source: C 4; Clifford 1871.
/// </summary>
/// <param name="Value">a.</param>
/// <param name="Slope">b, the derivative.</param>
public readonly record struct Dual(double Value, double Slope)
{
    /// <summary>A number whose derivative is zero.</summary>
    public static implicit operator Dual(double value) => FromDouble(value);

    /// <summary>a + b, with the derivative <c>a′ + b′</c>.</summary>
    public static Dual operator +(Dual x, Dual y) => new(x.Value + y.Value, x.Slope + y.Slope);

    /// <summary>a − b, with the derivative <c>a′ − b′</c>.</summary>
    public static Dual operator -(Dual x, Dual y) => new(x.Value - y.Value, x.Slope - y.Slope);

    /// <summary>−a, with the derivative <c>−a′</c>.</summary>
    public static Dual operator -(Dual x) => new(-x.Value, -x.Slope);

    /// <summary>Product: (ab)′ = a′b + ab′.</summary>
    public static Dual operator *(Dual x, Dual y) => new(x.Value * y.Value, (x.Slope * y.Value) + (x.Value * y.Slope));

    /// <summary>Quotient: (a/b)′ = (a′ − (a/b)b′)/b.</summary>
    public static Dual operator /(Dual x, Dual y)
    {
        double q = x.Value / y.Value;
        return new(q, (x.Slope - (q * y.Slope)) / y.Value);
    }

    /// <summary>A number whose derivative is zero.</summary>
    public static Dual FromDouble(double value) => new(value, 0);

    /// <summary>The variable that is differentiated by.</summary>
    public static Dual Variable(double value) => new(value, 1);

    /// <summary>eˣ, with the derivative <c>eˣ·x′</c>.</summary>
    public static Dual Exp(Dual x) => Math.Exp(x.Value) is var e ? new(e, e * x.Slope) : default;

    /// <summary>ln x for x &gt; 0, with the derivative <c>x′/x</c>; NaN below zero.</summary>
    public static Dual Log(Dual x) => new(Math.Log(x.Value), x.Slope / x.Value);

    /// <summary>√x for x ≥ 0, with the derivative <c>x′/(2√x)</c>; NaN below zero.</summary>
    public static Dual Sqrt(Dual x) => Math.Sqrt(x.Value) is var r ? new(r, x.Slope / (2 * r)) : default;

    /// <summary>sin x, with the derivative <c>cos(x)·x′</c>.</summary>
    public static Dual Sin(Dual x) => new(Math.Sin(x.Value), Math.Cos(x.Value) * x.Slope);

    /// <summary>cos x, with the derivative <c>−sin(x)·x′</c>.</summary>
    public static Dual Cos(Dual x) => new(Math.Cos(x.Value), -Math.Sin(x.Value) * x.Slope);

    /// <summary>tanh x, with the derivative <c>(1 − tanh²x)·x′</c>.</summary>
    public static Dual Tanh(Dual x) => Math.Tanh(x.Value) is var t ? new(t, (1 - (t * t)) * x.Slope) : default;

    /// <summary>1/(1 + e⁻ˣ); the derivative from e^(−|x|), which does not lose the tails.</summary>
    public static Dual Sigmoid(Dual x)
    {
        double e = Math.Exp(-Math.Abs(x.Value)), s = x.Value >= 0 ? 1 / (1 + e) : e / (1 + e);
        return new(s, e / ((1 + e) * (1 + e)) * x.Slope);
    }

    /// <summary>xᵖ for a fixed p.</summary>
    public static Dual Power(Dual x, double p) => new(Math.Pow(x.Value, p), p * Math.Pow(x.Value, p - 1) * x.Slope);

    /// <summary>|x|; its derivative at 0 is 0.</summary>
    public static Dual Abs(Dual x) => new(Math.Abs(x.Value), Math.Sign(x.Value) * x.Slope);
}
