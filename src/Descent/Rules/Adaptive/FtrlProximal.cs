using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// FTRL-proximal: <c>σ = (√(n+g²) − √n)/η; z ← z + g − σw; n ← n + g²</c>, then
/// <c>w = −(z − sign(z)λ₁)/((β + √n)/η + λ₂)</c>, 0 where <c>|z| ≤ λ₁</c>.
/// Coordinates without a gradient do not move, and λ₁ makes exact zeros. Two state vectors. Source: McMahan et al. 2013.
/// </summary>
/// <remarks>
/// With L1 = L2 = 0 and β = 0 it is AdaGrad with per-coordinate steps <c>η/√n</c>.
/// The step size should be constant; λ₁ and λ₂ weigh against the sum over the steps taken, so on a mean loss they fade as 1/t.
/// </remarks>
/// <param name="L1">λ₁ ≥ 0 of the sum of losses, not their mean.</param>
/// <param name="L2">λ₂ ≥ 0 of the sum of losses.</param>
/// <param name="Beta">β ≥ 0.</param>
public sealed record FtrlProximal(double L1 = 0, double L2 = 0, double Beta = 1) : IRule
{
    /// <summary>λ₁ ≥ 0 of the sum of losses, not their mean.</summary>
    public double L1 { get; } = Guard.Within("λ₁", L1, 0, double.PositiveInfinity, nameof(FtrlProximal));

    /// <summary>λ₂ ≥ 0 of the sum of losses.</summary>
    public double L2 { get; } = Guard.Within("λ₂", L2, 0, double.PositiveInfinity, nameof(FtrlProximal));

    /// <summary>β ≥ 0.</summary>
    public double Beta { get; } = Guard.Within("β", Beta, 0, double.PositiveInfinity, nameof(FtrlProximal));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"z ← z + g − (√(n+g²) − √n)/η w;  n ← n + g²;  w = −(z − sign(z)·{L1:G6})/(({Beta:G6} + √n)/η + ")
            + FormattableString.Invariant($"{L2:G6}), 0 where |z| ≤ {L1:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(FtrlProximal rule, int dimension) : RuleState<T>, ISupportState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] z = new T[dimension], n = new T[dimension];
        long taken;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            if (taken++ == 0) Begin(w, stepSize);
            Elementwise.Apply(new Kernel<T>(T.CreateTruncating(1 / stepSize), T.CreateTruncating(rule.L1),
                T.CreateTruncating(rule.Beta / stepSize), T.CreateTruncating(rule.L2)), w, g, z, n);
        }

        public void Touch(Span<T> w, ReadOnlySpan<int> indices, ReadOnlySpan<T> g, double stepSize)
        {
            if (taken++ == 0) Begin(w, stepSize);
            Kernel<T> kernel = new(T.CreateTruncating(1 / stepSize), T.CreateTruncating(rule.L1), T.CreateTruncating(rule.Beta / stepSize),
                T.CreateTruncating(rule.L2));
            for (int k = 0; k < indices.Length; k++)
                Elementwise.ApplyOne(kernel, ref w[indices[k]], g[k], ref z[indices[k]], ref n[indices[k]]);
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("z", z);
            visitor.Buffer<T>("n", n);
            visitor.Number("taken", ref taken);
        }

        // z such that the formula gives the start itself.
        void Begin(ReadOnlySpan<T> w, double eta)
        {
            for (int i = 0; i < z.Length; i++)
            {
                double x = double.CreateTruncating(w[i]);
                z[i] = T.CreateTruncating(-(x * ((rule.Beta / eta) + rule.L2)) - (Math.Sign(x) * rule.L1));
            }
        }
    }

    readonly struct Kernel<T>(T inverse, T l1, T shift, T l2) : IKernel2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T inverse = inverse, l1 = l1, shift = shift, l2 = l2, tiny = Tiny<T>.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V z, ref V n)
            where V : struct, ILane<V, T>
        {
            V square = n + (g * g), root = V.Sqrt(square);
            z += g - ((root - V.Sqrt(n)) * V.All(inverse) * w);
            n = square;
            // sign(z)·max(|z| − λ₁, 0), written so that NaN stays NaN; −0 stands for the zeros.
            V size = V.Max(V.Abs(z) - V.All(l1), V.All(T.Zero)), sign = z / V.Max(V.Abs(z), V.All(tiny));
            w = V.All(T.Zero) - V.Ratio(sign * size, V.All(shift) + (root * V.All(inverse)) + V.All(l2), V.All(tiny));
        }
    }
}
