namespace Descent;

/// <summary>Counts evaluations, keeps the best point, and refuses to go on once budget, target or cancellation end the run.</summary>
sealed class MeteredLandscape(Landscape f, double[] low, double[] high, AnnealingOptions options)
{
    readonly int budget = options.BudgetFor(low.Length);

    public double[] Low => low;

    public double[] High => high;

    public double[] Best { get; } = new double[low.Length];

    public double BestValue { get; private set; } = double.PositiveInfinity;

    public int Count { get; private set; }

    public int BestAt { get; private set; }

    public int Budget => budget;

    public bool IsOver => Count >= budget || BestValue <= options.Target || options.Cancellation.IsCancellationRequested;

    public bool WasCancelled => options.Cancellation.IsCancellationRequested && Count < budget && !(BestValue <= options.Target);

    /// <summary>The function; +∞ without an evaluation once the run is over, so that no local search goes on.</summary>
    public double Of(double[] x)
    {
        if (IsOver) return double.PositiveInfinity;
        double value = f(x);
        Count++;
        if (double.IsNaN(value)) value = double.PositiveInfinity;
        if (value < BestValue || Count == 1)
        {
            BestValue = value;
            BestAt = Count;
            x.CopyTo(Best, 0);
        }
        return value;
    }
}
