using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Testing;

namespace Descent.Models.Tests.Linear;

/// <summary>How Newton's method ends: by measures relative to F, and where rounding leaves nothing to gain.</summary>
public class NewtonEndTests
{
    /// <summary>F = s(Σ aⱼ(√(1 + (wⱼ − cⱼ)²)) + 0.1): smooth, convex, least at c with a value that is not 0.</summary>
    sealed class Scaled(double s) : AnalyticOracle<double>(3)
    {
        static readonly double[] Centre = [0.3, -0.2, 0.7], Weight = [1, 3, 0.2];

        public override double Optimum => s * 4.3;

        public override ReadOnlySpan<double> Minimiser => Centre;

        public override double Smoothness => 3 * s;

        public override double StrongConvexity => 0;

        protected override double ValueCore(ReadOnlySpan<double> w)
        {
            double sum = 0.1;
            for (int j = 0; j < 3; j++) sum += Weight[j] * Math.Sqrt(1 + ((w[j] - Centre[j]) * (w[j] - Centre[j])));
            return s * sum;
        }

        protected override double GradientCore(ReadOnlySpan<double> w, Span<double> g)
        {
            for (int j = 0; j < 3; j++)
                g[j] = s * (Weight[j] * (w[j] - Centre[j]) / Math.Sqrt(1 + ((w[j] - Centre[j]) * (w[j] - Centre[j]))));
            return ValueCore(w);
        }

        protected override void HessianCore(ReadOnlySpan<double> w, Span<double> hessian)
        {
            for (int j = 0; j < 3; j++) hessian[j * 4] = s * (Weight[j] / Math.Pow(1 + ((w[j] - Centre[j]) * (w[j] - Centre[j])), 1.5));
        }
    }

    // Multiplying F by a power of two changes no bit of the way, and not where it ends: no threshold is absolute.
    [Theory]
    [InlineData(-60)]
    [InlineData(-40)]
    [InlineData(40)]
    [InlineData(200)]
    public void The_unit_of_F_changes_no_step(int power)
    {
        foreach (double[] start in new double[][] { [1, 1, 1], [5, -3, 0.2], [0.30001, -0.2, 0.7], [20, 0, -9] })
        {
            Iteration<double> plain = Methods.Newton().Start(new Scaled(1), start, new Draws(1)),
                scaled = Methods.Newton().Start(new Scaled(Math.ScaleB(1, power)), start, new Draws(1));
            for (int t = 0; t < 60 && plain.Ended is null; t++)
            {
                plain.Advance();
                scaled.Advance();
                Assert.Equal(plain.Point.ToArray(), scaled.Point.ToArray());
                Assert.Equal(plain.Ended is null, scaled.Ended is null);
            }
            Assert.True(plain.Ended is { Converged: true }, plain.Ended?.Reason);
            for (int j = 0; j < 3; j++) Assert.Equal(new Scaled(1).Minimiser[j], plain.Point[j], 1e-14);
        }
    }

    // Offsets leave a gradient of rounding errors that no step lessens: the run ends there.
    // Without a look at what the last steps gained it takes three steps more at each of these.
    [Theory]
    [InlineData("linear", 1e4, 5)]
    [InlineData("linear", 1e5, 5)]
    [InlineData("linear", 1e6, 6)]
    [InlineData("logistic", 1e4, 10)]
    [InlineData("poisson", 1e6, 9)]
    public void Where_rounding_is_all_that_is_left_it_ends(string model, double offset, int steps)
    {
        long most = 0;
        for (ulong seed = 1; seed <= 60; seed++)
        {
            Draws draws = new(seed, 11);
            int n = 40, d = 3;
            double[] x = new double[n * d], y = new double[n];
            for (int i = 0; i < n; i++)
            {
                double z = 0;
                for (int j = 0; j < d; j++)
                {
                    double v = draws.NextNormal();
                    x[(i * d) + j] = v + (j == 0 ? offset : 0);
                    z += v;
                }
                y[i] = model switch
                {
                    "linear" => z + draws.NextNormal(),
                    "logistic" => draws.NextDouble() < 1 / (1 + Math.Exp(-z)) ? 1 : 0,
                    _ => Math.Floor(Math.Exp(0.3 * z) + draws.NextDouble()),
                };
            }
            var risk = Models.Linear.Risk.Of<double, DenseRows<double>>(Enum.Parse<LossKind>(model, true),
                new DenseRows<double>(x, n, d), y,
                new RiskOptions());
            Iteration<double> run = Methods.Newton().Start(risk, new double[d + 1], new Draws(1));
            run.Advance(400);
            most = Math.Max(most, run.Step);
            Assert.True(run.Ended is not null, $"seed {seed}: still running after {run.Step} steps");
        }
        Assert.True(most <= steps, $"{most} steps");
    }
}
