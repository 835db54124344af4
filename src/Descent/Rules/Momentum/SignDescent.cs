using System.Runtime.CompilerServices;

using Descent.Oracles;

namespace Descent.Rules;

/// <summary>M20: <c>w ← w − η_t sign(g)</c>, <c>sign(0) = 0</c>: Adam with β₁ = β₂ = 0 and ε = 0. No state. Source: C 17.2.</summary>
/// <remarks>With sampled gradients it follows the median, not the mean, of the gradient's sign, and can go the wrong way.</remarks>
public sealed record SignDescent : IRule
{
    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public bool IsCoordinatewise => true;

    /// <inheritdoc/>
    public string Recursion => "w ← w − η sign(g)";

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new State<T>();

    sealed class State<T> : RuleState<T>, ISupportState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step) =>
            Elementwise.Apply(new Kernel<T>(T.CreateTruncating(stepSize)), w, g);

        public void Touch(Span<T> w, ReadOnlySpan<int> indices, ReadOnlySpan<T> g, double stepSize)
        {
            Kernel<T> kernel = new(T.CreateTruncating(stepSize));
            for (int k = 0; k < indices.Length; k++) Elementwise.ApplyOne(kernel, ref w[indices[k]], g[k]);
        }

        public override void Visit(IStateVisitor visitor)
        {
        }
    }

    readonly struct Kernel<T>(T eta) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T eta = eta, tiny = Tiny<T>.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<V>(ref V w, V g)
            where V : struct, ILane<V, T>
        {
            // g/max(|g|, tiny): ±1 for every gradient that is not subnormal-small, 0 for zero, NaN for NaN.
            g = V.ZeroBelow(g, V.All(tiny));
            w -= V.All(eta) * (g / V.Max(V.Abs(g), V.All(tiny)));
        }
    }
}
