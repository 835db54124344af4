using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// Muon: momentum whose matrix is made orthogonal, <c>M ← βM + G; W ← W − η_t·√max(1, m/n)·NS(G + βM)</c>, for every matrix block; NS is
/// five Newton–Schulz steps <c>X ← aX + (bA + cA²)X</c>, <c>A = XXᵀ</c>, (a, b, c) = (3.4445, −4.7750, 2.0315), from <c>X = M/‖M‖_F</c>. It
/// is steepest descent in the spectral norm. Other blocks take AdamW steps (β₁ = 0.9, β₂ = 0.95) of η times a ratio. Source: Jordan et al.
/// 2024 (η = 0.02, β = 0.95).
/// </summary>
/// <param name="Beta">Momentum β in [0, 1).</param>
/// <param name="Ratio">Step size of the other blocks relative to η.</param>
/// <param name="Steps">Newton–Schulz steps, ≥ 1.</param>
public sealed record Muon(double Beta = 0.95, double Ratio = 0.015, int Steps = 5) : IRule
{
    /// <summary>Momentum β in [0, 1).</summary>
    public double Beta { get; } = Guard.Within("β", Beta, 0, 1, nameof(Muon));

    /// <summary>Step size of the other blocks relative to η.</summary>
    public double Ratio { get; } = Guard.Within("ratio", Ratio, 0, double.PositiveInfinity, nameof(Muon));

    /// <summary>Newton–Schulz steps, ≥ 1.</summary>
    public int Steps { get; } = (int)Guard.AtLeast("The number of Newton–Schulz steps", Steps, 1, nameof(Muon));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"M ← {Beta:G6} M + G;  W ← W − η √max(1, m/n) NewtonSchulz{Steps}(G + {Beta:G6} M) on matrices; ")
            + FormattableString.Invariant($" AdamW with {Ratio:G4} η on other blocks");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout);
    }

    sealed class State<T>(Muon rule, BlockLayout layout) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] m = new T[layout.Length];
        double power1 = 1;
        double power2 = 1;
        readonly T[] v = new T[layout.Length], orthogonal = new T[Most(layout, b => b.Length)], turned = new T[Most(layout, b => b.Length)],
            product = new T[Most(layout, b => b.Length)];
        readonly T[] square = new T[Most(layout, Small)], squared = new T[Most(layout, Small)];

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            power1 *= 0.9;
            power2 *= 0.95;
            for (int i = 0; i < layout.Blocks.Count; i++)
            {
                Block b = layout.Blocks[i];
                Span<T> block = w.Slice(b.Offset, b.Length), own = m.AsSpan(b.Offset, b.Length);
                ReadOnlySpan<T> gradient = g.Slice(b.Offset, b.Length);
                if (!IsMatrix(b))
                {
                    double root = Math.Sqrt(1 - power2);
                    Adam.Outside<T> adam = new(
                        T.CreateTruncating(0.9), T.CreateTruncating(0.1), T.CreateTruncating(0.95), T.CreateTruncating(0.05),
                        T.CreateTruncating(rule.Ratio * stepSize * root / (1 - power1)), T.CreateTruncating(1e-10 * root));
                    Elementwise.Apply(adam, block, gradient, own, v.AsSpan(b.Offset, b.Length));
                    continue;
                }
                Span<T> x = orthogonal.AsSpan(0, b.Length);
                DecayedSum.Update(own, gradient, rule.Beta, 1);
                gradient.CopyTo(x);
                Vectors.AddScaled(T.CreateTruncating(rule.Beta), own, x);
                Orthogonalise(x, b);
                ScaledStep.Apply<T>(block, x, stepSize * Math.Sqrt(Math.Max(1, (double)b.Rows / b.Columns)));
            }
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
            visitor.Number("power1", ref power1);
            visitor.Number("power2", ref power2);
            visitor.Buffer<T>("v", v);
        }

        static bool IsMatrix(Block b) => b.Rows > 1 && b.Columns > 1;

        static int Small(Block b) => Math.Min(b.Rows, b.Columns) * Math.Min(b.Rows, b.Columns);

        static int Most(BlockLayout layout, Func<Block, int> size) => layout.Blocks.Where(IsMatrix).Select(size).DefaultIfEmpty().Max();

        // x ← NS(x). The smaller side's Gram matrix is formed, so a tall matrix is worked on transposed.
        void Orthogonalise(Span<T> x, Block b)
        {
            double norm = Vectors.Norm<T>(x);
            if (norm == 0) return;
            int rows = Math.Min(b.Rows, b.Columns), columns = Math.Max(b.Rows, b.Columns);
            bool tall = b.Rows > b.Columns;
            Span<T> y = turned.AsSpan(0, x.Length), next = product.AsSpan(0, x.Length), a = square.AsSpan(0, rows * rows),
                aa = squared.AsSpan(0, rows * rows);
            if (tall) Transpose(x, y, b.Rows, b.Columns);
            else x.CopyTo(y);
            Vectors.Scale(T.CreateTruncating(1 / (norm + 1e-7)), y);
            for (int k = 0; k < rule.Steps; k++)
            {
                Matrices.MultiplyTransposed<T>(y, y, a, rows, columns, rows);
                Matrices.Multiply<T>(a, a, aa, rows, rows, rows);
                Vectors.Scale(T.CreateTruncating(-4.7750), a);
                Vectors.AddScaled(T.CreateTruncating(2.0315), aa, a);
                Matrices.Multiply<T>(a, y, next, rows, rows, columns);
                Vectors.AddScaled(T.CreateTruncating(3.4445), y, next);
                next.CopyTo(y);
            }
            if (tall) Transpose(y, x, rows, columns);
            else y.CopyTo(x);
        }

        static void Transpose(ReadOnlySpan<T> from, Span<T> to, int rows, int columns)
        {
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++) to[(j * rows) + i] = from[(i * columns) + j];
        }
    }
}
