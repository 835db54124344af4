using Descent.Algorithms;
using Descent.Oracles;
using Descent.Testing;

namespace Descent.Tests.Algorithms;

/// <summary>The minimum of the cubic model against a bisection of the secular equation in 28-digit decimals,
/// on matrices whose spectrum is known by construction.</summary>
public class CubicModelTests
{
    sealed record Case(double[] Lambda, double[] Gamma, double J, double[] H, double[] G);

    /// <summary>F = g·w + ½wᵀHw.</summary>
    sealed class Quadratic(double[] h, double[] g) : AnalyticOracle<double>(g.Length)
    {
        public override double Optimum => double.NegativeInfinity;

        public override ReadOnlySpan<double> Minimiser => default;

        public override double Smoothness => double.PositiveInfinity;

        public override double StrongConvexity => 0;

        protected override double ValueCore(ReadOnlySpan<double> w) => Model(h, g, 0, w);

        protected override double GradientCore(ReadOnlySpan<double> w, Span<double> gradient)
        {
            for (int i = 0; i < w.Length; i++) gradient[i] = g[i] + Vectors.Dot(h.AsSpan(i * w.Length, w.Length), w);
            return ValueCore(w);
        }

        protected override void HessianCore(ReadOnlySpan<double> w, Span<double> hessian) => h.CopyTo(hessian);
    }

    [Fact]
    public void Its_minimum_is_that_of_an_independent_solver_in_every_degree_of_hardness()
    {
        Draws draws = new(7);
        for (int k = 0; k < 400; k++)
        {
            Case c = Make(draws, k);
            double least = Least(c), scale = Math.Abs(least) + 1e-300;
            CubicModel model = new(c.G.Length);
            Assert.True(model.Decompose(c.H));
            double[] delta = new double[c.G.Length];
            double promised = model.Minimise(c.G, c.J, delta), reached = Model(c.H, c.G, c.J, delta);
            Assert.True(Math.Abs(reached - least) <= 1e-9 * scale, $"model {k}: {reached:R} for {least:R}");
            Assert.True(Math.Abs(promised + least) <= 1e-9 * scale, $"model {k}: promises {promised:R} for {-least:R}");
        }
    }

    [Fact]
    public void Over_the_whole_krylov_space_it_is_the_same()
    {
        Draws draws = new(8);
        for (int k = 0; k < 200; k++)
        {
            Case c = Make(draws, k);
            Iteration<double> run = new KrylovCubicNewton(c.J).Start(new Quadratic(c.H, c.G), new double[c.G.Length], new Draws((ulong)k));
            run.Advance();
            double least = Least(c), reached = Model(c.H, c.G, c.J, run.Point);
            Assert.True(reached - least <= 1e-9 * Math.Abs(least), $"model {k}: {reached:R} for {least:R}");
        }
    }

    // Gradients and curvatures whose squares leave the range; the same model in other units has the same step.
    [Theory]
    [InlineData(1e170, 1e150)]
    [InlineData(1e-170, 1e-150)]
    [InlineData(1e300, 1)]
    [InlineData(1e-100, 1e50)]
    public void Units_do_not_matter(double force, double length)
    {
        double[] g = [0.3, -0.2, 1e-9], h = [-1, 0.2, 0, 0.2, 0.5, 0.1, 0, 0.1, -1.3], one = new double[3], other = new double[3];
        CubicModel model = new(3);
        Assert.True(model.Decompose(h));
        model.Minimise(g, 0.7, one);
        Assert.True(model.Decompose([.. h.Select(x => x * force / length)]));
        model.Minimise([.. g.Select(x => x * force)], 0.7 * force / length / length, other);
        for (int i = 0; i < 3; i++) Assert.Equal(one[i], other[i] / length, 1e-9);
    }

    static double Model(double[] h, double[] g, double j, ReadOnlySpan<double> w)
    {
        double sum = 0, norm = Vectors.Norm(w);
        for (int i = 0; i < w.Length; i++) sum += w[i] * (g[i] + (0.5 * Vectors.Dot(h.AsSpan(i * w.Length, w.Length), w)));
        return sum + (j / 6 * norm * norm * norm);
    }

    // Spectra with a gap, repeated lowest values, tiny negative values and none;
    // the part of g along the lowest vector falls from 1 to 1e-19 and to nothing.
    static Case Make(Draws draws, int k)
    {
        int d = 2 + (k % 5);
        double[] lambda = new double[d], gamma = new double[d];
        double lowest = (k % 4) switch { 0 => -1, 1 => -0.01, 2 => -3, _ => 0.2 };
        for (int i = 0; i < d; i++)
        {
            lambda[i] = i == 0 || (i == 1 && k % 7 == 0 && d > 2) ? lowest : lowest + 0.1 + (3 * draws.NextDouble());
            gamma[i] = 0.05 * draws.NextNormal();
        }
        double hardness = k % 20 == 19 ? 0 : Math.Pow(10, -(k % 20));
        gamma[0] *= hardness;
        if (lambda[1] == lambda[0]) gamma[1] *= hardness;
        double j = Math.Pow(10, (2 * draws.NextDouble()) - 1);
        double[] q = Rotation(draws, d), h = new double[d * d], g = new double[d];
        for (int i = 0; i < d; i++)
            for (int r = 0; r < d; r++)
            {
                g[r] += gamma[i] * q[(i * d) + r];
                for (int s = 0; s < d; s++) h[(r * d) + s] += lambda[i] * q[(i * d) + r] * q[(i * d) + s];
            }
        return new Case(lambda, gamma, j, h, g);
    }

    static double[] Rotation(Draws draws, int d)
    {
        double[] q = new double[d * d], v = new double[d];
        for (int i = 0; i < d; i++) q[(i * d) + i] = 1;
        for (int pass = 0; pass < 3; pass++)
        {
            for (int i = 0; i < d; i++) v[i] = draws.NextNormal();
            double square = Vectors.SquaredNorm<double>(v);
            for (int i = 0; i < d; i++)
            {
                double dot = Vectors.Dot<double>(q.AsSpan(i * d, d), v);
                Vectors.AddScaled(-2 * dot / square, v, q.AsSpan(i * d, d));
            }
        }
        return q;
    }

    // min m by halving t in s = least + t, ‖δ‖ = 2s/J, in decimals; the hard case by the length that is missing.
    static double Least(Case c)
    {
        int d = c.Lambda.Length;
        decimal j = (decimal)c.J, lowest = c.Lambda.Select(x => (decimal)x).Min(), least = Math.Max(0, -lowest);
        decimal[] gap = [.. c.Lambda.Select(x => (decimal)x + least)], gamma = [.. c.Gamma.Select(x => (decimal)x)];
        decimal Square(decimal t)
        {
            decimal sum = 0;
            for (int i = 0; i < d; i++)
            {
                if (gamma[i] == 0) continue;
                if (gap[i] + t <= 1e-27m) return 1e20m;
                decimal part = gamma[i] / (gap[i] + t);
                if (Math.Abs(part) > 1e10m) return 1e20m;
                sum += part * part;
            }
            return sum;
        }
        decimal Target(decimal t) => 2 * (least + t) / j;
        decimal low = 0, high = 100;
        if (least > 0 && Square(0) <= Target(0) * Target(0)) high = 0;
        for (int k = 0; k < 120 && high > 0; k++)
        {
            decimal middle = (low + high) / 2;
            if (Square(middle) > Target(middle) * Target(middle)) low = middle;
            else high = middle;
        }
        decimal length = Target(high), square = 0, value = 0;
        for (int i = 0; i < d; i++)
        {
            if (gap[i] + high <= 1e-24m) continue;
            decimal x = -gamma[i] / (gap[i] + high);
            square += x * x;
            value += (gamma[i] * x) + ((gap[i] - least) * x * x / 2);
        }
        decimal missing = (length * length) - square;
        if (least > 0) value -= least * missing / 2;
        else Assert.True(Math.Abs(missing) < 1e-12m * length * length);
        return (double)(value + (j * length * length * length / 6));
    }
}
