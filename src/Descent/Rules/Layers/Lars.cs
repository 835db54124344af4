using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// M25, LARS: every block moves by its own norm, <c>M ← βM + (1−β)g; W ← W − η_t‖W‖·M/‖M‖</c>; a block that is zero moves by η alone.
/// <c>Published</c>: the form of You et al., <c>V ← βV + η_t·‖W‖/(‖g‖ + λ‖W‖)·(g + λW); W ← W − V</c>.
/// One state vector. Source: C 24.2; You, Gitman and Ginsburg 2017.
/// </summary>
/// <remarks>
/// C steps by the stale momentum; the fresh one is meant.
/// At W = 0 the published ratio is zero and the block would never move; a length of 1 is used there, as the usual implementations do.
/// </remarks>
/// <param name="Beta">Momentum β in [0, 1).</param>
/// <param name="Published">Whether the ratio is taken inside the momentum, of g + λW.</param>
/// <param name="Decay">Weight decay λ ≥ 0 of the published form.</param>
public sealed record Lars(double Beta = 0.9, bool Published = false, double Decay = 0) : IRule
{
    /// <summary>Momentum β in [0, 1).</summary>
    public double Beta { get; } = Guard.Within("β", Beta, 0, 1, nameof(Lars));

    /// <summary>Weight decay λ ≥ 0 of the published form.</summary>
    public double Decay { get; } = Guard.Within("λ", Decay, 0, double.PositiveInfinity, nameof(Lars));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion => Published
        ? FormattableString.Invariant($"V ← {Beta:G6} V + η ‖W‖/(‖g‖ + {Decay:G6}‖W‖) (g + {Decay:G6} W);  W ← W − V, block by block")
        : FormattableString.Invariant($"M ← {Beta:G6} M + {1 - Beta:G6} g;  W ← W − η ‖W‖ M/‖M‖, block by block");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout);
    }

    sealed class State<T>(Lars rule, BlockLayout layout) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] m = new T[layout.Length];

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            for (int i = 0; i < layout.Blocks.Count; i++)
            {
                Block b = layout.Blocks[i];
                Span<T> block = w.Slice(b.Offset, b.Length), own = m.AsSpan(b.Offset, b.Length);
                ReadOnlySpan<T> gradient = g.Slice(b.Offset, b.Length);
                double size = Vectors.Norm<T>(block), length = size > 0 ? size : 1;
                if (rule.Published)
                {
                    double norm = Vectors.Norm(gradient) + (rule.Decay * size), ratio = norm > 0
                        ? stepSize * length / norm
                        : double.IsNaN(norm) ? double.NaN : 0;
                    DecayedSum.Update(own, gradient, rule.Beta, ratio);
                    Vectors.AddScaled(T.CreateTruncating(ratio * rule.Decay), block, own);
                    ScaledStep.Apply<T>(block, own, 1);
                    continue;
                }
                DecayedSum.Update(own, gradient, rule.Beta, 1 - rule.Beta);
                double momentum = Vectors.Norm<T>(own);
                if (momentum != 0) ScaledStep.Apply<T>(block, own, stepSize * length / momentum);
            }
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("m", m);
        }
    }
}
