using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// M26, LAMB: Adam's direction <c>D = m̂/(√v̂ + ε) + λW</c>, scaled block by block to the block's norm, <c>W ← W − η_t‖W‖·D/‖D‖</c>;
/// a block that is zero moves by η alone. Two state vectors and one of scratch. Source: C 24.2; You et al. 2020.
/// </summary>
/// <remarks>
/// C has one β for both moments and no bias correction; both are slips. At W = 0 a length of 1 is used, as in the authors' code.
/// </remarks>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
/// <param name="Decay">Weight decay λ ≥ 0.</param>
public sealed record Lamb(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-6, double Decay = 0) : IRule
{
    /// <summary>β₁ in [0, 1).</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(Lamb));

    /// <summary>β₂ in [0, 1).</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(Lamb));

    /// <summary>ε ≥ 0, outside the root.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(Lamb));

    /// <summary>Weight decay λ ≥ 0.</summary>
    public double Decay { get; } = Guard.Within("λ", Decay, 0, double.PositiveInfinity, nameof(Lamb));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant(
            $"D = m̂/(√v̂ + {Epsilon:G6}) + {Decay:G6} W;  W ← W − η ‖W‖ D/‖D‖, block by block;  β₁ = {Beta1:G6}, β₂ = {Beta2:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout);
    }

    sealed class State<T>(Lamb rule, BlockLayout layout) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] m = new T[layout.Length], v = new T[layout.Length], direction = new T[layout.Length];
        double power1 = 1;
        double power2 = 1;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            power1 *= rule.Beta1;
            power2 *= rule.Beta2;
            double root = Math.Sqrt(1 - power2);
            direction.AsSpan().Clear();
            Kernel<T> kernel = new(
                T.CreateTruncating(rule.Beta1), T.CreateTruncating(1 - rule.Beta1), T.CreateTruncating(rule.Beta2),
                T.CreateTruncating(1 - rule.Beta2),
                T.CreateTruncating(root / (1 - power1)), T.CreateTruncating(rule.Epsilon * root));
            Elementwise.Apply(kernel, direction, g, m, v);
            if (rule.Decay > 0) Vectors.AddScaled(T.CreateTruncating(rule.Decay), w, direction);
            for (int i = 0; i < layout.Blocks.Count; i++)
            {
                Block b = layout.Blocks[i];
                Span<T> block = w.Slice(b.Offset, b.Length), own = direction.AsSpan(b.Offset, b.Length);
                double size = Vectors.Norm<T>(block), length = Vectors.Norm<T>(own);
                if (length != 0) ScaledStep.Apply<T>(block, own, stepSize * (size > 0 ? size : 1) / length);
            }
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
            visitor.Buffer<T>("v", v);
            visitor.Number("power1", ref power1);
            visitor.Number("power2", ref power2);
        }
    }

    readonly struct Kernel<T>(T beta1, T rest1, T beta2, T rest2, T scale, T epsilon) : IKernel2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T beta1 = beta1, rest1 = rest1, beta2 = beta2, rest2 = rest2, scale = scale, epsilon = epsilon, tiny = Tiny<T>.Value,
            least = Tiny<T>.Root;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            m = V.ZeroBelow((V.All(beta1) * m) + (V.All(rest1) * g), V.All(tiny));
            v = V.ZeroBelow((V.All(beta2) * v) + (V.All(rest2) * (g * g)), V.All(tiny));
            w = V.Ratio(V.All(scale) * m, V.Sqrt(v) + V.All(epsilon), V.All(least));
        }
    }
}
