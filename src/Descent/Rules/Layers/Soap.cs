using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// SOAP: Adam in the eigenbasis of Shampoo. <c>L ← β₃L + (1−β₃)GGᵀ</c>, R alike, with eigenvectors Q_L, Q_R; <c>M ← β₁M + (1−β₁)G</c>;
/// in the basis <c>V ← β₂V + (1−β₂)(Q_LᵀGQ_R)²</c>; <c>W ← (1−η_tλ)W − η_t Q_L (m̂/(√v̂ + ε)) Q_Rᵀ</c>.
/// The first gradient only sets the basis, which is renewed every <c>Every</c> steps.
/// Memory 3(m² + n²) + 4mn a block. Source: Vyas et al. 2024 (defaults of the authors' code).
/// </summary>
/// <param name="Beta1">β₁ in [0, 1).</param>
/// <param name="Beta2">β₂ in [0, 1).</param>
/// <param name="Beta3">β₃ in [0, 1), of the Kronecker factors.</param>
/// <param name="Epsilon">ε ≥ 0, outside the root.</param>
/// <param name="Decay">Decoupled weight decay λ ≥ 0.</param>
/// <param name="Every">Steps between renewals of the basis, ≥ 1.</param>
/// <param name="Largest">Longest side that is preconditioned.</param>
public sealed record Soap(double Beta1 = 0.95, double Beta2 = 0.95, double Beta3 = 0.95, double Epsilon = 1e-8, double Decay = 0,
    int Every = 10, int Largest = 1024) : IRule
{
    /// <summary>β₁ in [0, 1).</summary>
    public double Beta1 { get; } = Guard.Within("β₁", Beta1, 0, 1, nameof(Soap));

    /// <summary>β₂ in [0, 1).</summary>
    public double Beta2 { get; } = Guard.Within("β₂", Beta2, 0, 1, nameof(Soap));

    /// <summary>β₃ in [0, 1), of the Kronecker factors.</summary>
    public double Beta3 { get; } = Guard.Within("β₃", Beta3, 0, 1, nameof(Soap));

    /// <summary>ε ≥ 0, outside the root.</summary>
    public double Epsilon { get; } = Guard.Within("ε", Epsilon, 0, double.PositiveInfinity, nameof(Soap));

    /// <summary>Decoupled weight decay λ ≥ 0.</summary>
    public double Decay { get; } = Guard.Within("λ", Decay, 0, double.PositiveInfinity, nameof(Soap));

    /// <summary>Steps between renewals, ≥ 1.</summary>
    public int Every { get; } = (int)Guard.AtLeast("The period", Every, 1, nameof(Soap));

    /// <summary>Longest side that is preconditioned, ≥ 0.</summary>
    public int Largest { get; } = (int)Guard.AtLeast("The longest side", Largest, 0, nameof(Soap));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"Adam (β₁ = {Beta1:G6}, β₂ = {Beta2:G6}, ε = {Epsilon:G6}) in the eigenbasis of L ← {Beta3:G6} L + ")
            + FormattableString.Invariant($"{1 - Beta3:G6} GGᵀ and R, renewed every {Every};  λ = {Decay:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout);
    }

    sealed class State<T>(Soap rule, BlockLayout layout) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double power1 = 1;
        double power2 = 1;
        long taken;
        readonly KroneckerFactors<T>[] factors = [.. layout.Blocks.Select(b => new KroneckerFactors<T>(b, rule.Largest))];
        readonly double[] m = new double[layout.Length], v = new double[layout.Length];
        readonly double[] turned = new double[layout.Blocks.Count == 0 ? 0 : layout.Blocks.Max(b => b.Length)],
            direction = new double[layout.Blocks.Count == 0 ? 0 : layout.Blocks.Max(b => b.Length)];

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            bool first = taken == 0;
            if (!first)
            {
                power1 *= rule.Beta1;
                power2 *= rule.Beta2;
            }
            for (int i = 0; i < factors.Length; i++)
            {
                Block b = layout.Blocks[i];
                ReadOnlySpan<T> gradient = g.Slice(b.Offset, b.Length);
                if (!first) Step(factors[i], b, w.Slice(b.Offset, b.Length), gradient, stepSize);
                factors[i].Add(gradient, rule.Beta3, 1 - rule.Beta3);
                if (taken % rule.Every == 0) factors[i].Renew();
            }
            taken++;
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Number("power1", ref power1);
            visitor.Number("power2", ref power2);
            visitor.Number("taken", ref taken);
            visitor.Buffer<double>("m", m);
            visitor.Buffer<double>("v", v);
            for (int i = 0; i < factors.Length; i++) factors[i].Visit(visitor, "factors" + i);
        }

        void Step(KroneckerFactors<T> factor, Block b, Span<T> block, ReadOnlySpan<T> g, double stepSize)
        {
            Span<double> x = direction.AsSpan(0, b.Length), y = turned.AsSpan(0, b.Length), mean = m.AsSpan(b.Offset, b.Length),
                square = v.AsSpan(b.Offset, b.Length);
            Vectors.Convert(g, y);
            Vectors.Scale(rule.Beta1, mean);
            Vectors.AddScaled(1 - rule.Beta1, y, mean);
            mean.CopyTo(x);
            factor.Turn(x, true);
            factor.Turn(y, true);
            double root = Math.Sqrt(1 - power2), scale = root / (1 - power1);
            for (int k = 0; k < x.Length; k++)
            {
                square[k] = (rule.Beta2 * square[k]) + ((1 - rule.Beta2) * y[k] * y[k]);
                double denominator = Math.Sqrt(square[k]) + (rule.Epsilon * root);
                x[k] = denominator == 0 ? 0 : scale * x[k] / denominator;
            }
            factor.Turn(x, false);
            for (int k = 0; k < x.Length; k++)
                block[k] = T.CreateTruncating((double.CreateTruncating(block[k]) * (1 - (stepSize * rule.Decay))) - (stepSize * x[k]));
        }
    }
}
