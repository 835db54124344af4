using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// M29, limited-memory BFGS with a strong-Wolfe line search: direction by the two-loop recursion over the last m pairs <c>(s, y)</c>.
/// About one gradient a step; memory (2m + 4)d. Source: P (classical baseline); Nocedal 1980, Liu and Nocedal 1989.
/// </summary>
/// <param name="Memory">m ≥ 1 pairs.</param>
public sealed record LBfgs(int Memory = 10) : IMethod<double, IGradientOracle<double>>, IMethod<float, IGradientOracle<float>>
{
    /// <summary>m.</summary>
    public int Memory { get; } = (int)Guard.AtLeast("The memory in pairs", Memory, 1, nameof(LBfgs));

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant(
            $"w ← w + s p,  p = −B∇F(w), B from the last {Memory} pairs, s by the strong Wolfe conditions (c₁ = 1e-4, c₂ = 0.9)");

    /// <inheritdoc/>
    public Iteration<double> Start(IGradientOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run<double>(oracle, start, Memory);

    /// <inheritdoc/>
    public Iteration<float> Start(IGradientOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new Run<float>(oracle, start, Memory);

    sealed class Run<T> : Iteration<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly WolfeSearch<T> search;
        readonly T[][] steps, changes;
        readonly double[] inverse, alpha;
        readonly T[] direction;
        readonly int memory;
        long stored;

        public Run(IGradientOracle<T> oracle, ReadOnlySpan<T> start, int memory)
        {
            Smooth.Require(oracle, "L-BFGS");
            Guard.Length("The start", oracle.Dimension, start.Length);
            this.memory = memory;
            int d = start.Length;
            steps = new T[memory][];
            changes = new T[memory][];
            for (int i = 0; i < memory; i++) (steps[i], changes[i]) = (new T[d], new T[d]);
            inverse = new double[memory];
            alpha = new double[memory];
            direction = new T[d];
            search = new WolfeSearch<T>(oracle, start);
        }

        public override ReadOnlySpan<T> Point => search.Point;

        public override ReadOnlySpan<T> KnownGradient => search.Known;

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            search.Visit(visitor);
            visitor.Number("stored", ref stored);
            visitor.Buffer<double>("inverse", inverse);
            for (int i = 0; i < memory; i++)
            {
                visitor.Buffer<T>("s" + i, steps[i]);
                visitor.Buffer<T>("y" + i, changes[i]);
            }
        }

        protected override long AdvanceCore(long atMost)
        {
            double norm = search.Begin();
            LastValue = search.Value;
            LastStepSize = 0;
            if (norm == 0)
            {
                End(true, "the gradient is zero");
                return 1;
            }
            Direct();
            double first = stored == 0 ? Math.Min(1, 1 / norm) : 1;
            if (!search.Search(direction, first, out double taken))
            {
                if (stored > 0)
                {
                    // A bad model of the curvature: forget it and try the gradient once before giving up.
                    stored = 0;
                    Direct();
                    if (search.Search(direction, Math.Min(1, 1 / norm), out taken))
                    {
                        Remember(taken);
                        return 1;
                    }
                }
                End(!search.MetNonFinite, search.Failure);
                return 1;
            }
            Remember(taken);
            return 1;
        }

        void Remember(double taken)
        {
            LastStepSize = taken;
            LastValue = search.Value;
            int slot = (int)(stored % memory);
            search.Difference(steps[slot], changes[slot]);
            double sy = double.CreateTruncating(Vectors.Dot<T>(steps[slot], changes[slot]));
            if (!(sy > 1e-300)) return;
            inverse[slot] = 1 / sy;
            stored++;
        }

        void Direct()
        {
            Span<T> q = direction;
            search.Gradient.CopyTo(q);
            int pairs = (int)Math.Min(stored, memory);
            for (int k = 0; k < pairs; k++)
            {
                int i = (int)((stored - 1 - k) % memory);
                alpha[i] = inverse[i] * double.CreateTruncating(Vectors.Dot<T>(steps[i], q));
                Vectors.AddScaled(T.CreateTruncating(-alpha[i]), changes[i], q);
            }
            if (pairs > 0)
            {
                int last = (int)((stored - 1) % memory);
                // sᵀy/‖y‖², where ‖y‖² may leave the range though ‖y‖ does not.
                double size = Vectors.Norm<T>(changes[last]);
                Vectors.Scale(T.CreateTruncating(1 / (inverse[last] * size) / size), q);
            }
            for (int k = pairs - 1; k >= 0; k--)
            {
                int i = (int)((stored - 1 - k) % memory);
                double beta = inverse[i] * double.CreateTruncating(Vectors.Dot<T>(changes[i], q));
                Vectors.AddScaled(T.CreateTruncating(alpha[i] - beta), steps[i], q);
            }
            Vectors.Scale(-T.One, q);
        }
    }
}
