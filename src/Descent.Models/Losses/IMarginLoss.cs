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

    /// <summary>How far the margin goes in a time c of following the loss down, z(c) − z(0) of <c>dz/dt = −φ′(z; y)</c>; NaN where no
    /// formula is known.</summary>
    /// <param name="z">z(0).</param>
    /// <param name="y">The label.</param>
    /// <param name="c">The time, ≥ 0.</param>
    double Follow(double z, double y, double c) => double.NaN;

    /// <summary>Smallest value of φ(·; y).</summary>
    double Least(double y);

    /// <summary>The conjugate <c>φ*(u) = sup_z (uz − φ(z))</c>; +∞ outside its domain.</summary>
    double Conjugate(double u, double y);

    /// <summary>What the rounding of φ*(u) is in proportion to: the sizes of the terms that it is a sum of.</summary>
    double ConjugateSize(double u, double y) => Math.Abs(Conjugate(u, y));

    /// <summary>The interval in which u may lie; it contains 0.</summary>
    (double Low, double High) Domain(double y);

    /// <summary>sup φ″: the smoothness of the loss; +∞ when there is none.</summary>
    double Smoothness { get; }

    /// <summary>M with <c>|φ‴| ≤ M φ″</c> (generalised self-concordance); NaN when there is none.</summary>
    double SelfConcordance { get; }

    /// <summary>Whether φ is piecewise linear.</summary>
    bool IsPiecewiseLinear { get; }

    /// <summary>Whether φ is convex in z; of one that is not, only a local minimum can be proved.</summary>
    bool IsConvex => true;

    /// <summary>The margin at and below which φ is +∞; −∞ where φ is finite everywhere. Such a loss grows without bound towards it, so that
    /// F keeps its minima inside; methods start inside, and steps that leave are steps uphill.</summary>
    double LowestMargin => double.NegativeInfinity;

    /// <summary>
    /// Bounds on φ″ over [z − t, z + t]: what a local certificate goes by. By generalised self-concordance <c>φ″e^(∓Mt)</c>, where
    /// there is
    /// an M; 0 and the smoothness otherwise.
    /// </summary>
    /// <param name="z">The margin.</param>
    /// <param name="y">The label.</param>
    /// <param name="t">≥ 0.</param>
    (double Least, double Most) Curvatures(double z, double y, double t) => double.IsNaN(SelfConcordance)
        ? (0, Smoothness)
        : (Second(z, y) * Math.Exp(-SelfConcordance * t), Second(z, y) * Math.Exp(SelfConcordance * t));

    /// <summary>What the rounding of φ and of φ′ is in proportion to: the sizes of the terms that they are sums of, within a factor of 4.
    /// Each is known to 16 units in the last place of its size.</summary>
    (double Value, double Slope) Sizes(double z, double y) =>
        (Math.Abs(Value(z, y)) + Math.Abs(z) + Math.Abs(y * z), Math.Abs(Derivative(z, y)) + Math.Abs(y) + 1);

    /// <summary>Writes the values and replaces the margins by the derivatives.</summary>
    void Evaluate(Span<double> z, ReadOnlySpan<double> y, Span<double> value);
}
