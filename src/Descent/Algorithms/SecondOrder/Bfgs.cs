using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// M29, BFGS with a strong-Wolfe line search: the inverse Hessian estimate B is kept as a matrix.
/// About one gradient and 3d² operations a step; memory d² + 6d.
/// Source: P (classical baseline); Nocedal and Wright 2006, algorithm 6.1, with their initial scaling (6.20).
/// </summary>
public sealed record Bfgs : IMethod<double, IGradientOracle<double>>, IMethod<float, IGradientOracle<float>>
{
    /// <inheritdoc/>
    public string Recursion => "w ← w + s p,  p = −B∇F(w), B ← (I − ρ s yᵀ) B (I − ρ y sᵀ) + ρ s sᵀ, s by the strong Wolfe conditions";

    /// <inheritdoc/>
    public Iteration<double> Start(IGradientOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run<double>(oracle, start);

    /// <inheritdoc/>
    public Iteration<float> Start(IGradientOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) => new Run<float>(oracle, start);

    sealed class Run<T> : Iteration<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly WolfeSearch<T> search;
        readonly T[] direction, s, y;
        readonly double[] inverse, by;
        readonly int d;
        long updates;

        public Run(IGradientOracle<T> oracle, ReadOnlySpan<T> start)
        {
            Smooth.Require(oracle, "BFGS");
            Guard.Length("The start", oracle.Dimension, start.Length);
            d = start.Length;
            direction = new T[d];
            s = new T[d];
            y = new T[d];
            by = new double[d];
            inverse = new double[d * d];
            search = new WolfeSearch<T>(oracle, start);
            Identity(1);
        }

        public override ReadOnlySpan<T> Point => search.Point;

        public override ReadOnlySpan<T> KnownGradient => search.Known;

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            search.Visit(visitor);
            visitor.Buffer<double>("inverse", inverse);
            visitor.Number("updates", ref updates);
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
            if (!search.Search(direction, updates == 0 ? Math.Min(1, 1 / norm) : 1, out double taken))
            {
                End(!search.MetNonFinite, search.Failure);
                return 1;
            }
            LastStepSize = taken;
            LastValue = search.Value;
            Update();
            return 1;
        }

        void Direct()
        {
            ReadOnlySpan<T> g = search.Gradient;
            for (int i = 0; i < d; i++)
            {
                double sum = 0;
                for (int j = 0; j < d; j++) sum = Math.FusedMultiplyAdd(inverse[(i * d) + j], double.CreateTruncating(g[j]), sum);
                direction[i] = T.CreateTruncating(-sum);
            }
        }

        void Update()
        {
            search.Difference(s, y);
            double sy = double.CreateTruncating(Vectors.Dot<T>(s, y)), size = Vectors.Norm<T>(y);
            if (!(sy > 1e-300)) return;
            if (updates++ == 0) Identity(sy / size / size);
            double yby = 0;
            for (int i = 0; i < d; i++)
            {
                double sum = 0;
                for (int j = 0; j < d; j++) sum = Math.FusedMultiplyAdd(inverse[(i * d) + j], double.CreateTruncating(y[j]), sum);
                by[i] = sum;
                yby += sum * double.CreateTruncating(y[i]);
            }
            double scale = (1 + (yby / sy)) / sy;
            for (int i = 0; i < d; i++)
            {
                double si = double.CreateTruncating(s[i]);
                for (int j = 0; j < d; j++)
                {
                    double sj = double.CreateTruncating(s[j]);
                    inverse[(i * d) + j] += (scale * si * sj) - (((by[i] * sj) + (si * by[j])) / sy);
                }
            }
        }

        void Identity(double scale)
        {
            Array.Clear(inverse);
            for (int i = 0; i < d; i++) inverse[(i * d) + i] = scale;
        }
    }
}
