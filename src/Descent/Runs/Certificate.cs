namespace Descent.Runs;

/// <summary>What is known about how far a point is from the optimum.</summary>
/// <param name="Value">F(w).</param>
/// <param name="GradientNorm">‖∇F(w)‖; with a non-smooth part, the norm of the smallest subgradient.</param>
/// <param name="LowerBound">A proved lower bound on inf F; −∞ when there is none.</param>
/// <param name="Kind">Where the bound comes from.</param>
/// <param name="Sentence">How the bound was obtained, in words.</param>
public sealed record Certificate(double Value, double GradientNorm, double LowerBound, CertificateKind Kind, string Sentence)
{
    /// <summary>
    /// The part of <see cref="Gap"/> that is an allowance for rounding:
    /// of F as it is computed and of every sum that the lower bound is made of. What is left of the gap is what mathematics leaves open.
    /// </summary>
    public double Allowance { get; init; }

    /// <summary>
    /// Whether the infimum is proved to be attained where nothing is penalised: the dual point that proves the bound lies strictly inside
    /// the domain of every conjugate, so that its slopes are positive multipliers, and no direction exists along which no loss rises and
    /// some fall for ever (Albert and Anderson 1984). False says nothing.
    /// </summary>
    public bool IsAttained { get; init; }

    /// <summary>Upper bound on <c>F(w) − inf F</c>; ∞ when nothing is proved.</summary>
    public double Gap => Kind == CertificateKind.None ? double.PositiveInfinity : Math.Max(0, Value - LowerBound);

    /// <summary>The gap relative to |F(w)|.</summary>
    public double RelativeGap => Gap == 0 ? 0 : Gap / Math.Abs(Value);
}
