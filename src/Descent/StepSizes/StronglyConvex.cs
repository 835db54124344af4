namespace Descent.StepSizes;

/// <summary>S12: <c>η_t = 1/(μ(t + t₀))</c> with <c>t₀ = H/μ</c>, so that η₀ = 1/H. Source: W 2.7, C 22.1; guarantee G26.</summary>
/// <remarks>The notes print 1/(μ(t+1)), which breaks η ≤ 1/H for early t; at κ = 100 it blows up before it settles.</remarks>
/// <param name="Mu">Strong convexity μ &gt; 0.</param>
/// <param name="Smoothness">Smoothness H ≥ μ.</param>
public sealed record StronglyConvex(double Mu, double Smoothness) : IStepSize
{
    /// <summary>μ.</summary>
    public double Mu { get; } = Guard.Positive("μ", Mu, nameof(StronglyConvex));

    /// <summary>H.</summary>
    public double Smoothness { get; } = Guard.Positive("H", Smoothness, nameof(StronglyConvex));

    /// <inheritdoc/>
    public double DecayPower => 1;

    /// <inheritdoc/>
    public double Next(in StepInfo now) => 1 / ((Mu * now.Step) + Smoothness);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"strongly convex η_t = 1/({Mu:G6}(t + {Smoothness / Mu:G6}))");
}
