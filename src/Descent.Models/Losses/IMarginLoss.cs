namespace Descent.Models.Losses;

/// <summary>
/// A convex loss φ(z; y) of one margin <c>z = x·w + b</c> and one label y. Implementations are structs,
/// so that kernels are compiled for each.
/// </summary>
public interface IMarginLoss
{
    /// <summary>Its name, for people.</summary>
    string Name { get; }

    /// <summary>Which of the losses that more is known of; a loss of one's own leaves it as it is.</summary>
    LossKind Kind => LossKind.Other;

    /// <summary>The loss φ(z; y) of one margin z at the label y.</summary>
    double Value(double z, double y);

    /// <summary>φ′(z; y), or a subgradient at a kink.</summary>
    double Derivative(double z, double y);

    /// <summary>φ″(z; y) ≥ 0.</summary>
    double Second(double z, double y);

    /// <summary>Smallest value of φ(·; y).</summary>
    double Least(double y);

    /// <summary>The conjugate <c>φ*(u) = sup_z (uz − φ(z))</c>; +∞ outside its domain.</summary>
    double Conjugate(double u, double y);

    /// <summary>The interval in which u may lie; it contains 0.</summary>
    (double Low, double High) Domain(double y);

    /// <summary>sup φ″: the smoothness of the loss; +∞ when there is none.</summary>
    double Smoothness { get; }

    /// <summary>M with <c>|φ‴| ≤ M φ″</c> (generalised self-concordance); NaN when there is none.</summary>
    double SelfConcordance { get; }

    /// <summary>Whether φ is piecewise linear.</summary>
    bool IsPiecewiseLinear { get; }

    /// <summary>Writes the values and replaces the margins by the derivatives.</summary>
    void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value);
}
