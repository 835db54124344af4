using Descent.Algorithms;
using Descent.Rules;
using Descent.Runs;
using Descent.StepSizes;
using Descent.Testing;

namespace Descent.Tests.Algorithms;

public class AccelerationTests
{
    static double[] Spectrum(int d, double condition) => [.. Enumerable.Range(0, d).Select(i => Math.Pow(condition, -(double)i / (d - 1)))];

    [Fact]
    public void Linear_coupling_and_nesterov_with_its_sequence_give_the_same_iterates()
    {
        Quadratic<double> f = new(Spectrum(20, 1000), [.. Enumerable.Range(0, 20).Select(i => Math.Cos(i))]);
        Iteration<double> coupled = new GradientMethod(new LinearCoupling(), new Constant(1)).Start(f, new double[20], new Draws(1));
        Iteration<double> nesterov = new GradientMethod(new Nesterov(null), new Constant(1)).Start(f, new double[20], new Draws(1));
        for (int t = 0; t < 300; t++)
        {
            coupled.Advance();
            nesterov.Advance();
            for (int i = 0; i < 20; i++) Assert.Equal(nesterov.Point[i], coupled.Point[i], 1e-12);
        }
    }

    // G11: the gap after T steps is at most D²/(2η·Σα) ≤ 2D²/(η(T+1)²).
    [Fact]
    public void Linear_coupling_stays_under_its_bound()
    {
        Quadratic<double> f = new(Spectrum(30, 1e5), [.. Enumerable.Repeat(1.0, 30)]);
        Iteration<double> run = new GradientMethod(new LinearCoupling(), new Constant(1)).Start(f, new double[30], new Draws(1));
        double alpha = 1, sum = 0;
        for (int t = 1; t <= 400; t++)
        {
            run.Advance();
            sum += alpha;
            alpha = (1 + Math.Sqrt(1 + (4 * alpha * alpha))) / 2;
            Assert.True(f.Value(run.Point) <= 30 / (2 * sum));
            Assert.True(30 / (2 * sum) <= 2 * 30.0 / ((t + 1.0) * (t + 1)) * (1 + 1e-12));
        }
    }

    [Fact]
    public void Strongly_convex_acceleration_has_the_rate_of_its_theorem()
    {
        // κ = 10⁴: the distance to the minimiser shrinks by exp(−√(μ/H)) = exp(−0.01) a step, within 20 %; the gap by its square.
        Quadratic<double> f = new(Spectrum(40, 1e4), [.. Enumerable.Repeat(1.0, 40)]);
        Iteration<double> run = Methods.Accelerated(1e-4, 1).Start(f, new double[40], new Draws(1));
        run.Advance(500);
        double Distance(ReadOnlySpan<double> w)
        {
            double sum = 0;
            foreach (double x in w) sum += (x - 1) * (x - 1);
            return Math.Sqrt(sum);
        }
        double before = Distance(run.Point);
        run.Advance(1500);
        double rate = Math.Log(Distance(run.Point) / before) / 1500;
        Assert.InRange(rate, -0.012, -0.008);
        // And the gap stays under (1 − 1/√κ)^T(Δ + μD²/2).
        Assert.True(f.Value(run.Point) <= Math.Pow(0.99, 2000) * (f.Value(new double[40]) + (1e-4 * 40 / 2)));
    }

    [Fact]
    public void Restarts_halve_the_gap_every_period()
    {
        Quadratic<double> f = new(Spectrum(25, 400), [.. Enumerable.Repeat(1.0, 25)]);
        long period = Acceleration.RestartPeriod(1.0 / 400, 1);
        Assert.Equal(57, period);
        Iteration<double> run = Methods.AcceleratedByRestarts(1.0 / 400, 1).Start(f, new double[25], new Draws(1));
        double before = f.Value(run.Point);
        for (int k = 0; k < 12; k++)
        {
            run.Advance(period);
            double after = f.Value(run.Point);
            Assert.True(after <= before / 2);
            before = after;
        }
    }

    // G28 on cos-like double wells: F = Σ(¼x⁴ − ½x²·γ + ¼γ²), Hessian 3x² − γ ⪰ −γI.
    [Fact]
    public void Almost_convex_acceleration_meets_its_guarantee()
    {
        const double Gamma = 0.05, H = 3;
        const int T = 60;
        Wells f = new(Gamma);
        double[] start = [0.9, -0.7, 0.4, 0.05];
        double delta = f.Value(start), epsilon = Math.Sqrt(Gamma * delta / T), sum = 0;
        Iteration<double> run = new AlmostConvex(Gamma, H, epsilon).Start(f, start, new Draws(1));
        double[] g = new double[4];
        long before = f.Meter.Gradients;
        for (int t = 0; t < T; t++)
        {
            run.Advance();
            if (run.Ended is not null) break;
            f.Meter.Paused = true;
            f.Gradient(run.Point, g);
            f.Meter.Paused = false;
            sum += Vectors.SquaredNorm<double>(g) / T;
        }
        Assert.True(sum <= 10 * Gamma * delta / T);
        double kappa = 2 + (H / Gamma);
        Assert.True(f.Meter.Gradients - before <= T * (1 + Math.Ceiling(Math.Sqrt(kappa) * Math.Log(4 * kappa * T))));
    }

    sealed class Wells(double gamma) : AnalyticOracle<double>(4)
    {
        public override double Optimum => 0;

        public override ReadOnlySpan<double> Minimiser =>
            new double[] { Math.Sqrt(gamma), Math.Sqrt(gamma), Math.Sqrt(gamma), Math.Sqrt(gamma) };

        public override double Smoothness => 3;

        public override double StrongConvexity => 0;

        protected override double ValueCore(ReadOnlySpan<double> w)
        {
            double sum = 0;
            foreach (double x in w) sum += 0.25 * ((x * x) - gamma) * ((x * x) - gamma);
            return sum;
        }

        protected override double GradientCore(ReadOnlySpan<double> w, Span<double> g)
        {
            for (int i = 0; i < w.Length; i++) g[i] = w[i] * ((w[i] * w[i]) - gamma);
            return ValueCore(w);
        }

        protected override void HessianCore(ReadOnlySpan<double> w, Span<double> hessian)
        {
            for (int i = 0; i < w.Length; i++) hessian[(i * 4) + i] = (3 * w[i] * w[i]) - gamma;
        }
    }
}
