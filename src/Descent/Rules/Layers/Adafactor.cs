using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// Adafactor: Adam's second moment kept as row and column means, <c>V̂ = rcᵀ/mean(r)</c>, of each matrix block (whole for vectors);
/// <c>U = g/√V̂</c>, divided by <c>max(1, rms(U)/d)</c>; <c>W ← W − min(η_t, 1/√t)·max(ε₂, rms(W))·U</c>,
/// with <c>β₂ = 1 − t^(−0.8)</c>. Memory rows + columns a matrix, and one vector of scratch.
/// Source: Shazeer and Stern 2018; constants of the paper (ε₁ = 1e-30, ε₂ = 1e-3, d = 1, η = 0.01).
/// </summary>
/// <param name="Clip">d &gt; 0, largest root mean square of an update.</param>
/// <param name="Power">Exponent of the decay.</param>
/// <param name="Epsilon1">ε₁ ≥ 0, added to g².</param>
/// <param name="Epsilon2">ε₂ ≥ 0, least scale of a block.</param>
public sealed record Adafactor(double Clip = 1, double Power = 0.8, double Epsilon1 = 1e-30, double Epsilon2 = 1e-3) : IRule
{
    /// <summary>d &gt; 0, largest root mean square of an update.</summary>
    public double Clip { get; } = Guard.Positive("d", Clip, nameof(Adafactor));

    /// <summary>Exponent of the decay.</summary>
    public double Power { get; } = Guard.Within("Power", Power, 0, double.PositiveInfinity, nameof(Adafactor));

    /// <summary>ε₁ ≥ 0, added to g².</summary>
    public double Epsilon1 { get; } = Guard.Within("ε₁", Epsilon1, 0, double.PositiveInfinity, nameof(Adafactor));

    /// <summary>ε₂ ≥ 0, least scale of a block.</summary>
    public double Epsilon2 { get; } = Guard.Within("ε₂", Epsilon2, 0, double.PositiveInfinity, nameof(Adafactor));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"V̂ = r cᵀ/mean(r), r and c moving means of g² with β₂ = 1 − t^(−{Power:G4});  U = g/√V̂/max(1, ")
            + FormattableString.Invariant($"rms/{Clip:G4});  W ← W − min(η, 1/√t) max({Epsilon2:G6}, rms(W)) U");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout);
    }

    sealed class State<T>(Adafactor rule, BlockLayout layout) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long taken;
        readonly double[] update = new double[layout.Blocks.Count == 0 ? 0 : layout.Blocks.Max(b => b.Length)];
        readonly double[][] rows = [.. layout.Blocks.Select(b => new double[Factored(b) ? b.Rows : b.Length])];
        readonly double[][] columns = [.. layout.Blocks.Select(b => new double[Factored(b) ? b.Columns : 0])];

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            taken++;
            double keep = 1 - Math.Pow(taken, -rule.Power);
            for (int i = 0; i < layout.Blocks.Count; i++)
            {
                Block b = layout.Blocks[i];
                Span<double> u = update.AsSpan(0, b.Length);
                if (Factored(b)) Direct(b, g.Slice(b.Offset, b.Length), rows[i], columns[i], keep, u);
                else Whole(g.Slice(b.Offset, b.Length), rows[i], keep, u);
                Span<T> block = w.Slice(b.Offset, b.Length);
                double rms = Vectors.Norm<double>(u) / Math.Sqrt(b.Length),
                    scale = Math.Max(rule.Epsilon2, Vectors.Norm<T>(block) / Math.Sqrt(b.Length));
                double eta = Math.Min(stepSize, 1 / Math.Sqrt(taken)) * scale / Math.Max(1, rms / rule.Clip);
                for (int k = 0; k < u.Length; k++) block[k] -= T.CreateTruncating(eta * u[k]);
            }
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Number("taken", ref taken);
            for (int i = 0; i < rows.Length; i++)
            {
                visitor.Buffer<double>("rows" + i, rows[i]);
                visitor.Buffer<double>("columns" + i, columns[i]);
            }
        }

        static bool Factored(Block b) => b.Rows > 1 && b.Columns > 1;

        void Whole(ReadOnlySpan<T> g, double[] v, double keep, Span<double> u)
        {
            for (int k = 0; k < u.Length; k++)
            {
                double x = double.CreateTruncating(g[k]);
                v[k] = (keep * v[k]) + ((1 - keep) * ((x * x) + rule.Epsilon1));
                u[k] = v[k] > 0 || double.IsNaN(v[k]) ? x / Math.Sqrt(v[k]) : 0;
            }
        }

        void Direct(Block b, ReadOnlySpan<T> g, double[] row, double[] column, double keep, Span<double> u)
        {
            int n = b.Columns;
            for (int i = 0; i < b.Rows; i++) row[i] *= keep;
            for (int j = 0; j < n; j++) column[j] *= keep;
            for (int i = 0; i < b.Rows; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double x = double.CreateTruncating(g[(i * n) + j]), square = (1 - keep) * ((x * x) + rule.Epsilon1);
                    row[i] += square / n;
                    column[j] += square / b.Rows;
                }
            }
            double mean = Vectors.Sum<double>(row) / b.Rows;
            for (int i = 0; i < b.Rows; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double v = row[i] * column[j] / mean, x = double.CreateTruncating(g[(i * n) + j]);
                    u[(i * n) + j] = v > 0 || double.IsNaN(v) && x != 0 ? x / Math.Sqrt(v) : 0;
                }
            }
        }
    }
}
