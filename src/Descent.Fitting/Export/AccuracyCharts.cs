using Descent.Reports.Charts;

namespace Descent.Fitting.Export;

/// <summary>Accuracy along a run.</summary>
static class AccuracyCharts
{
    /// <summary>One chart of all curves with points.</summary>
    public static Chart Of(IReadOnlyList<(string Name, IReadOnlyList<(double Epochs, double Accuracy)> Points)> curves) => new()
    {
        Title = curves.Count == 1 ? "Accuracy, " + curves[0].Name : "Accuracy",
        Width = 390,
        XLabel = "epochs",
        YLabel = "part of the rows that is right",
        Series = [.. curves.Select(c => new Series(c.Name, [.. c.Points.Select(p => p.Epochs)], [.. c.Points.Select(p => p.Accuracy)]))],
    };
}
