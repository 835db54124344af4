using Descent.Reports.Charts;

namespace Descent.Fitting.Export;

/// <summary>Pictures of a fit of two classes.</summary>
static class ClassCharts
{
    const int Most = 3000;

    /// <summary>
    /// Rows in up to ten bins of equal size by predicted probability: mean prediction against observed share, with a binomial range.
    /// </summary>
    public static Chart Calibration(RiskFit fit)
    {
        double[] p = [.. fit.Margins.Select(fit.Data.Family.Response)];
        int[] order = [.. Enumerable.Range(0, p.Length)];
        Array.Sort([.. p], order);
        int bins = Math.Clamp(p.Length / 15, 2, 10);
        List<double> x = [], y = [], low = [], high = [];
        for (int b = 0; b < bins; b++)
        {
            int from = p.Length * b / bins, to = p.Length * (b + 1) / bins;
            if (to == from) continue;
            double predicted = 0, observed = 0;
            for (int k = from; k < to; k++)
            {
                predicted += p[order[k]];
                observed += fit.TrainLabels[order[k]];
            }
            int m = to - from;
            double share = observed / m, se = Math.Sqrt(Math.Max(share * (1 - share), 0.25 / m) / m);
            x.Add(predicted / m);
            y.Add(share);
            low.Add(Math.Max(0, share - (1.96 * se)));
            high.Add(Math.Min(1, share + (1.96 * se)));
        }
        return new Chart
        {
            Title = "Calibration",
            Width = 390,
            XLabel = "mean predicted probability",
            YLabel = "observed share",
            Series =
                [new Series("ideal", [0, 1], [0, 1], Mark.Dashed), new Series("rows in bins", x, y, Mark.Range) { Low = low, High = high }],
        };
    }

    /// <summary>Margins, the classes apart, each scattered upwards.</summary>
    public static Chart Margins(RiskFit fit)
    {
        int n = fit.Margins.Length, stride = Math.Max(1, n / Most);
        Draws draws = new(1, 5);
        List<double>[] x = [[], []], y = [[], []];
        for (int i = 0; i < n; i += stride)
        {
            int k = (int)fit.TrainLabels[i];
            x[k].Add(fit.Margins[i]);
            y[k].Add(k + (0.5 * (draws.NextDouble() - 0.5)));
        }
        return new Chart
        {
            Title = "Margins by class (scattered upwards)",
            Width = 390,
            XLabel = "x·w + b",
            YLabel = "class",
            Series = [new Series(fit.Data.Classes![0], x[0], y[0], Mark.Dots), new Series(fit.Data.Classes[1], x[1], y[1], Mark.Dots)],
        };
    }
}
