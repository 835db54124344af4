using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Tests.Recursions;

/// <summary>
/// Mehrotra's predictor and corrector on the whole system of unknowns (w, p, q, u) by Gaussian elimination,
/// where the library eliminates by hand: minimise Σω(h·p + (−l)·q) + ½λ‖w‖² with p − q = y − Xw, p, q ≥ 0, and l ≤ u ≤ h.
/// </summary>
public class InteriorPointRecursionTests
{
    const int N = 9, D = 3;

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.3, 0.2)]
    public void Follows_its_published_recursion(double tau, double lambda)
    {
        Draws draws = new(5);
        double[][] x = [.. Enumerable.Range(0, N).Select(_ => new[] { draws.NextNormal(), draws.NextNormal(), draws.NextNormal() })];
        double[] y = [.. Enumerable.Range(0, N).Select(_ => 2 * draws.NextNormal())];
        var risk = Risk.PiecewiseLinear<double, DenseRows<double>, PinballLoss>(new DenseRows<double>([.. x.SelectMany(r => r)], N, D), y,
            new PinballLoss(tau, 1), new RiskOptions { Intercept = false, L2 = lambda });
        Iteration<double> run = ((IMethod<double, IPiecewiseLinearOracle<double>>)new MethodSettings(Catalogue.Find("interior-point")!)
            .Build()).Start(risk, new double[D], new Draws(1));
        System system = new(x, y, risk.LowerSlope, risk.UpperSlope, lambda);
        int t = 0;
        // The system's condition grows as complementarity falls; past 1e-6 the two eliminations part by more than 1e-12.
        while (system.Complementarity(new double[system.Size], 0) > 1e-6)
        {
            system.Step();
            run.Advance();
            double[] best = system.Best;
            CatalogueRecursionTests.Same(best, run.Point, 1e-11, $"τ = {tau}, λ = {lambda}, step {++t}");
        }
        Assert.InRange(t, 4, 40);
    }

    sealed class System
    {
        readonly double[][] x;
        readonly double[] y, w = new double[D], p, q, u;
        readonly double low, high, lambda;
        double least = double.PositiveInfinity;

        public System(double[][] x, double[] y, double low, double high, double lambda)
        {
            (this.x, this.y, this.low, this.high, this.lambda) = (x, y, low, high, lambda);
            double floor = Math.Max(1e-10, 0.1 * y.Average(Math.Abs));
            p = [.. y.Select(m => Math.Max(m, 0) + floor)];
            q = [.. y.Select(m => Math.Max(-m, 0) + floor)];
            u = [.. y.Select(_ => (low + high) / 2)];
        }

        public int Size => D + (3 * N);

        public double[] Best { get; private set; } = new double[D];

        public double Complementarity(double[] step, double length) => Enumerable.Range(0, N).Average(i =>
            ((p[i] + (length * step[D + i])) * (high - u[i] - (length * step[D + (2 * N) + i])))
                + ((q[i] + (length * step[D + N + i])) * (u[i] + (length * step[D + (2 * N) + i]) - low)));

        public void Step()
        {
            double now = Complementarity(new double[Size], 0);
            double[] predicted = Direction(0, null);
            double sigma = Math.Pow(Complementarity(predicted, Longest(predicted)) / now, 3);
            double[] step = Direction(sigma * now / 2, predicted);
            double length = Math.Min(1, 0.9995 * Longest(step));
            for (int j = 0; j < D; j++) w[j] += length * step[j];
            for (int i = 0; i < N; i++)
            {
                p[i] += length * step[D + i];
                q[i] += length * step[D + N + i];
                u[i] += length * step[D + (2 * N) + i];
            }
            double value = (0.5 * lambda * Norms.Square(w))
                + Enumerable.Range(0, N).Average(i => Math.Max(high * Margin(i), low * Margin(i)));
            if (value < least) (least, Best) = (value, (double[])w.Clone());
        }

        // Rows: stationarity, margins, the two complementarities, with the predictor's second-order terms.
        double[] Direction(double target, double[]? predicted)
        {
            double[,] a = new double[Size, Size];
            double[] b = new double[Size];
            for (int j = 0; j < D; j++)
            {
                a[j, j] = lambda;
                b[j] = -lambda * w[j];
                for (int i = 0; i < N; i++)
                {
                    a[j, D + (2 * N) + i] = -x[i][j] / N;
                    b[j] += x[i][j] * u[i] / N;
                    a[D + i, j] = x[i][j];
                }
            }
            for (int i = 0; i < N; i++)
            {
                int ip = D + i, iq = D + N + i, iu = D + (2 * N) + i;
                (a[ip, ip], a[ip, iq], b[ip]) = (1, -1, Margin(i) - p[i] + q[i]);
                (a[iq, ip], a[iq, iu], b[iq]) = (high - u[i], -p[i],
                 target - (p[i] * (high - u[i])) + (predicted is null ? 0 : predicted[ip] * predicted[iu]));
                (a[iu, iq], a[iu, iu], b[iu]) = (u[i] - low, q[i],
                 target - (q[i] * (u[i] - low)) - (predicted is null ? 0 : predicted[iq] * predicted[iu]));
            }
            return Dense.Solve(a, b);
        }

        double Margin(int i) => y[i] - Dense.Dot(x[i], w);

        double Longest(double[] step)
        {
            double most = 1 / 0.9995;
            for (int i = 0; i < N; i++)
            {
                double dp = step[D + i], dq = step[D + N + i], du = step[D + (2 * N) + i];
                if (dp < 0) most = Math.Min(most, -p[i] / dp);
                if (dq < 0) most = Math.Min(most, -q[i] / dq);
                if (du != 0) most = Math.Min(most, ((du > 0 ? high : low) - u[i]) / du);
            }
            return most;
        }
    }
}
