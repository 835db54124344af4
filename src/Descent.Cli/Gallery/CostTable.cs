using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Reports.Charts;
using Descent.StepSizes;

namespace Descent.Cli.Gallery;

/// <summary>
/// E14: single gradients until the gap is below ρ on ridge problems of growing n: GD needs n·κ·ln(1/ρ), SGD a number that does not depend
/// on n.
/// </summary>
static class CostTable
{
    const int D = 5;
    const double L2 = 0.1, Accuracy = 1e-3;

    public static ExampleResult Run()
    {
        List<IReadOnlyList<string>> rows = [];
        List<double> n = [], gd = [], sgd = [], gdTheory = [], sgdTheory = [];
        foreach (int count in new[] { 30, 100, 300, 1_000, 3_000, 10_000, 30_000 })
        {
            Ridge r = new(count);
            long full = r.Full(), sampled = r.Sampled();
            (double predicted, double stochastic) = (r.PredictedFull(), r.PredictedSampled());
            n.Add(count);
            gd.Add(full);
            sgd.Add(sampled);
            gdTheory.Add(predicted);
            sgdTheory.Add(stochastic);
            rows.Add([$"n = {Text.Count(count)}: GD | SGD", "O(n κ ln 1/ρ) | O(νκ²/ρ)", $"{Text.Number(predicted, "G4")} | "
                + $"{Text.Number(stochastic, "G4")}", $"{Text.Count(full)} | {Text.Count(sampled)}"]);
        }
        rows.Add(["crossover: n where both need as many", "n ≈ νκ/(ρ ln 1/ρ)", Text.Number(Crossing(n, gdTheory, sgdTheory), "G2"),
            Text.Number(Crossing(n, gd, sgd), "G2")]);
        return new ExampleResult(rows,
        [
            new Chart
            {
                Title = "Single gradients until F − F* ≤ 10⁻³", XLabel = "n", YLabel = "gradients", LogX = true, LogY = true,
                Series = [new Series("GD", n, gd, Mark.Path), new Series("SGD, 1/(μ(t+κ))", n, sgd, Mark.Path),
                    new Series("GD, closed form", n, gdTheory, Mark.Dashed),
                    new Series("SGD, asymptotic theory", n, sgdTheory, Mark.Dashed)],
            },
        ], "Below the crossover a full gradient is cheap and its linear rate wins; above it SGD has arrived before GD has seen the "
            + "data often enough. Predicted are the closed form of GD and, for SGD, ½Σ hᵢsᵢ/(μ(2hᵢ − μ)T), with the noise sᵢ along "
            + "each eigenvector.");
    }

    /// <summary>One ridge problem with all that theory asks for.</summary>
    sealed class Ridge
    {
        readonly LinearRisk<double, DenseRows<double>, SquaredLoss> risk;
        readonly SymmetricEigen eigen = new(D);
        readonly double[] minimiser;
        readonly double best, sample;
        readonly int n;

        public Ridge(int n)
        {
            this.n = n;
            Draws draws = new(14, (ulong)n);
            double[] x = [.. Enumerable.Range(0, n * D).Select(i => draws.NextNormal() * (i % D == 0 ? 1.5 : 1))], y = new double[n];
            for (int i = 0; i < n; i++) y[i] = Vectors.Sum<double>(x.AsSpan(i * D, D)) + draws.NextNormal();
            risk = Risk.Of<double, DenseRows<double>,
                SquaredLoss>(new DenseRows<double>(x, n, D), y, default, new RiskOptions { Intercept = false, L2 = L2 });
            double[] g = new double[D], h = new double[D * D];
            risk.Curvature(new double[D], g, h);
            eigen.Decompose(h);
            Iteration<double> newton = Methods.Newton().Start(risk, new double[D], new Draws(1));
            newton.Advance(5);
            minimiser = newton.Point.ToArray();
            best = risk.Value(minimiser);
            for (int i = 0; i < n; i++) sample = Math.Max(sample, risk.SquaredRowNorm(i) + L2);
        }

        double Mu => eigen.Values[0];

        double H => eigen.Values[D - 1];

        public long Full()
        {
            Iteration<double> run = Methods.GradientDescent(new Constant(1 / H)).Start(risk, new double[D], new Draws(1));
            while (risk.Value(run.Point) - best > Accuracy) run.Advance();
            return run.Step * n;
        }

        // ½ Σ h(1 − h/H)^(2T) c², c the minimiser in the eigenbasis.
        public double PredictedFull()
        {
            for (int t = 0; ; t++)
            {
                double gap = 0;
                for (int i = 0; i < D; i++)
                {
                    double c = Vectors.Dot(eigen.Vector(i), minimiser), h = eigen.Values[i];
                    gap += 0.5 * h * Math.Pow(1 - (h / H), 2 * t) * c * c;
                }
                if (gap <= Accuracy) return (double)t * n;
            }
        }

        // The mean over 40 seeds of the gap is what theory speaks about; it is looked at every 2 %.
        public long Sampled()
        {
            Iteration<double>[] runs = [.. Enumerable.Range(1, 40)
                .Select(s => Methods.Sgd(new StronglyConvex(Mu, sample), new Sampling(SampleOrder.Replacement))
                .Start(risk, new double[D], new Draws((ulong)s)))];
            for (long at = 8; ; at += Math.Max(1, at / 50))
            {
                double gap = 0;
                foreach (Iteration<double> run in runs)
                {
                    run.Advance(at - run.Step);
                    gap += (risk.Value(run.Point) - best) / runs.Length;
                }
                if (gap <= Accuracy) return at;
            }
        }

        // With η = 1/(μt) the variance along an eigenvector tends to s/(μ(2h − μ)T).
        public double PredictedSampled()
        {
            double[] g = new double[D], noise = new double[D];
            for (int i = 0; i < n; i++)
            {
                ((IStochasticOracle<double>)risk).Gradient(minimiser, new Sample(SampleOrder.Sequential, 0, i, 1), g);
                for (int j = 0; j < D; j++) noise[j] += Math.Pow(Vectors.Dot(eigen.Vector(j), g), 2) / n;
            }
            double sum = 0;
            for (int j = 0; j < D; j++) sum += 0.5 * eigen.Values[j] * noise[j] / (Mu * ((2 * eigen.Values[j]) - Mu));
            return sum / Accuracy;
        }
    }

    static double Crossing(List<double> n, List<double> a, List<double> b)
    {
        for (int i = 1; i < n.Count; i++)
        {
            double d0 = Math.Log(a[i - 1] / b[i - 1]), d1 = Math.Log(a[i] / b[i]);
            if (d0 < 0 && d1 >= 0) return n[i - 1] * Math.Pow(n[i] / n[i - 1], d0 / (d0 - d1));
        }
        return double.NaN;
    }
}
