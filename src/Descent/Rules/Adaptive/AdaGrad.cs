using System.Runtime.CompilerServices;
using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// M16, diagonal AdaGrad: <c>s ← s + g²; w ← w − c·g/√(ε² + s)</c>, or <c>c·g/(√s + ε)</c> with ε outside. One state vector.
/// The step size given is c; with a box of half-width D∞ the theorem takes c = √2·D∞.
/// Source: C theorem 16.3; P 19.5; Duchi, Hazan and Singer 2011; guarantee G13.
/// </summary>
/// <remarks>Rare features keep large steps. 0/0 counts as 0.</remarks>
/// <param name="Epsilon">ε ≥ 0.</param>
/// <param name="EpsilonInside">Whether ε² stands under the root, or ε outside (as in PyTorch).</param>
/// <param name="InitialAccumulator">s₀ ≥ 0.</param>
public sealed record AdaGrad(double Epsilon = 1e-8, bool EpsilonInside = false, double InitialAccumulator = 0) : IRule
{
    /// <summary>ε ≥ 0.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(AdaGrad));

    /// <summary>s₀ ≥ 0.</summary>
    public double InitialAccumulator { get; } = Guard.Within("s₀", InitialAccumulator, 0, double.PositiveInfinity, nameof(AdaGrad));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant(
            $"s ← s + g²;  w ← w − η g/{(EpsilonInside ? "√(s + ε²)" : "(√s + ε)")},  ε = {Epsilon:G6}, s₀ = {InitialAccumulator:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T> : RuleState<T>, ISupportState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly AdaGrad rule;
        readonly T[] s;

        public State(AdaGrad rule, int dimension)
        {
            this.rule = rule;
            s = new T[dimension];
            Array.Fill(s, T.CreateTruncating(rule.InitialAccumulator));
        }

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            double inside = rule.EpsilonInside ? rule.Epsilon * rule.Epsilon : 0, outside = rule.EpsilonInside ? 0 : rule.Epsilon;
            Elementwise.Apply(
                new Kernel<T>(T.CreateTruncating(stepSize), T.CreateTruncating(inside), T.CreateTruncating(outside)), w, g, s);
        }

        public void Touch(Span<T> w, ReadOnlySpan<int> indices, ReadOnlySpan<T> g, double stepSize)
        {
            double inside = rule.EpsilonInside ? rule.Epsilon * rule.Epsilon : 0, outside = rule.EpsilonInside ? 0 : rule.Epsilon;
            Kernel<T> kernel = new(T.CreateTruncating(stepSize), T.CreateTruncating(inside), T.CreateTruncating(outside));
            for (int k = 0; k < indices.Length; k++) Elementwise.ApplyOne(kernel, ref w[indices[k]], g[k], ref s[indices[k]]);
        }

        public override void Visit(IStateVisitor visitor) => visitor.Buffer<T>("s", s);
    }

    readonly struct Kernel<T>(T eta, T inside, T outside) : IKernel1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T eta = eta, inside = inside, outside = outside, tiny = Tiny<T>.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g, ref V s)
            where V : struct, ILane<V, T>
        {
            s += g * g;
            w -= V.All(eta) * V.Ratio(g, V.Sqrt(s + V.All(inside)) + V.All(outside), V.All(tiny));
        }
    }
}
