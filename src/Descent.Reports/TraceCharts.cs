using Descent.Reports.Charts;
using Descent.Runs;

namespace Descent.Reports;

/// <summary>The charts of one trace.</summary>
public static class TraceCharts
{
    /// <summary>Objective against epochs, gradients and seconds.</summary>
    public static Chart[] Objective(IReadOnlyList<TracePoint> trace, double lowerBound)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return [.. Against(trace).Select(a => new Chart
        {
            Title = "Objective F against " + a.Label,
            XLabel = a.Label,
            YLabel = "F(w)",
            Width = 390,
            Series = double.IsFinite(lowerBound)
                ? [new Series("F", a.X, Values(trace)),
                    new Series("certified lower bound", [a.X[0], a.X[^1]], [lowerBound, lowerBound], Mark.Dashed)]
                : [new Series("F", a.X, Values(trace))],
        })];
    }

    /// <summary>Certified gap against epochs, gradients and seconds; the last, best lower bound holds for every point.</summary>
    public static Chart[] Gap(IReadOnlyList<TracePoint> trace, double lowerBound)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return [.. Against(trace).Select(a => new Chart
        {
            Title = "Certified gap against " + a.Label,
            XLabel = a.Label,
            YLabel = "F(w) − bound",
            LogY = true,
            Width = 390,
            Series = [new Series("gap", a.X, [.. trace.Select(p => p.Value - lowerBound)]) { Colour = 2 }],
        })];
    }

    /// <summary>Gradient norm and step size.</summary>
    public static Chart[] Steps(IReadOnlyList<TracePoint> trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        double[] epochs = [.. trace.Select(p => p.Epochs)];
        List<Chart> charts =
        [
            new Chart
            {
                Title = "Gradient norm", XLabel = "epochs", YLabel = "‖∇F(w)‖", LogY = true,
                Series = [new Series("norm", epochs, [.. trace.Select(p => p.GradientNorm)]) { Colour = 3 }],
            },
        ];
        List<TracePoint> with = [.. trace.Where(p => double.IsFinite(p.StepSize) && p.StepSize > 0)];
        if (with.Count > 1)
        {
            charts.Add(new Chart
            {
                Title = "Step size",
                XLabel = "epochs",
                YLabel = "η",
                LogY = true,
                Series = [new Series("η", [.. with.Select(p => p.Epochs)], [.. with.Select(p => p.StepSize)]) { Colour = 4 }],
            });
        }
        return [.. charts];
    }

    static double[] Values(IReadOnlyList<TracePoint> trace) => [.. trace.Select(p => p.Value)];

    static IEnumerable<(string Label, double[] X)> Against(IReadOnlyList<TracePoint> trace) =>
    [
        ("epochs", [.. trace.Select(p => p.Epochs)]),
        ("gradients", [.. trace.Select(p => (double)p.Gradients)]),
        ("seconds", [.. trace.Select(p => p.Seconds)]),
    ];
}
