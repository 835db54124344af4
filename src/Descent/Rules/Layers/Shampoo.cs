using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// Shampoo: every matrix block is preconditioned from both sides, <c>L ← L + GGᵀ; R ← R + GᵀG; W ← W − η_t (L+εI)^(−¼) G (R+εI)^(−¼)</c>; a
/// vector block from its one side with power −½ (full-matrix AdaGrad). Sides longer than <c>Largest</c> are left alone, as are sides of
/// one. Roots are renewed every <c>Every</c> steps. Memory 3(m² + n²) doubles a block. Source: Gupta, Koren and Singer 2018.
/// </summary>
/// <param name="Epsilon">ε &gt; 0.</param>
/// <param name="Every">Steps between renewals of the roots, ≥ 1.</param>
/// <param name="Largest">Longest side that is preconditioned.</param>
public sealed record Shampoo(double Epsilon = 1e-4, int Every = 1, int Largest = 1024) : IRule
{
    /// <summary>ε &gt; 0.</summary>
    public double Epsilon { get; } = Guard.Positive("ε", Epsilon, nameof(Shampoo));

    /// <summary>Steps between renewals, ≥ 1.</summary>
    public int Every { get; } = (int)Guard.AtLeast("The period", Every, 1, nameof(Shampoo));

    /// <summary>Longest side that is preconditioned, ≥ 0.</summary>
    public int Largest { get; } = (int)Guard.AtLeast("The longest side", Largest, 0, nameof(Shampoo));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"L ← L + GGᵀ;  R ← R + GᵀG;  W ← W − η (L + {Epsilon:G6})^(−1/2k) G (R + {Epsilon:G6})^(−1/2k), ")
            + FormattableString.Invariant($"k sides, renewed every {Every}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout);
    }

    sealed class State<T>(Shampoo rule, BlockLayout layout) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long taken;
        readonly KroneckerFactors<T>[] factors = [.. layout.Blocks.Select(b => new KroneckerFactors<T>(b, rule.Largest))];
        readonly double[] direction = new double[layout.Blocks.Count == 0 ? 0 : layout.Blocks.Max(b => b.Length)];

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            for (int i = 0; i < factors.Length; i++)
            {
                Block b = layout.Blocks[i];
                ReadOnlySpan<T> gradient = g.Slice(b.Offset, b.Length);
                factors[i].Add(gradient, 1, 1);
                if (taken % rule.Every == 0) factors[i].Renew();
                Span<double> x = direction.AsSpan(0, b.Length);
                Vectors.Convert(gradient, x);
                if (factors[i].Sides > 0) factors[i].Precondition(x, -0.5 / factors[i].Sides, rule.Epsilon);
                for (int k = 0; k < x.Length; k++) w[b.Offset + k] -= T.CreateTruncating(stepSize * x[k]);
            }
            taken++;
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Number("taken", ref taken);
            for (int i = 0; i < factors.Length; i++) factors[i].Visit(visitor, "factors" + i);
        }
    }
}
