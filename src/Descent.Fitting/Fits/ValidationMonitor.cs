using System.Numerics;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>
/// The held-out loss along a run (infinite where the measure is null); with a patience it ends the run when that loss has not improved for
/// so many trace points, and keeps the best iterate.
/// </summary>
sealed class ValidationMonitor<T>(Func<T[], FitQuality?> qualityOf, int? patience) : IMonitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly List<(TracePoint Point, double Loss)> curve = [];
    readonly List<(double Epochs, double Accuracy)> accuracy = [];
    int since;

    /// <summary>Held-out mean loss at the trace points.</summary>
    public IReadOnlyList<(TracePoint Point, double Loss)> Curve => curve;

    /// <summary>Held-out accuracy at the trace points; empty for numbers.</summary>
    public IReadOnlyList<(double Epochs, double Accuracy)> Accuracy => accuracy;

    /// <summary>Smallest held-out loss.</summary>
    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>The iterate at it; null before the first look.</summary>
    public T[]? Best { get; private set; }

    /// <summary>Whether the run was ended here.</summary>
    public bool Ended { get; private set; }

    public string? Look(in TracePoint point, ReadOnlySpan<T> w)
    {
        // The dense looks at the very beginning are for the picture; patience counts from the first epoch on.
        T[] copy = w.ToArray();
        FitQuality? quality = qualityOf(copy);
        double loss = quality?.MeanLoss ?? double.PositiveInfinity;
        curve.Add((point, loss));
        if (quality?.Accuracy is { } right) accuracy.Add((point.Epochs, right));
        if (loss < BestLoss)
        {
            (BestLoss, Best, since) = (loss, copy, 0);
            return null;
        }
        if (patience is null || point.Epochs < 1 || ++since < patience) return null;
        Ended = true;
        return FormattableString.Invariant($"the held-out loss has not fallen below {BestLoss:G6} for {patience} looks");
    }

    public void Visit(IStateVisitor visitor)
    {
        double best = BestLoss;
        visitor.Number("best", ref best);
        BestLoss = best;
        T[] point = visitor.Array("point", Best ?? []);
        Best = point.Length > 0 ? point : null;
        visitor.Number("since", ref since);
        visitor.List("accuracy", accuracy);
        List<TracePoint> points = [.. curve.Select(c => c.Point)];
        List<double> losses = [.. curve.Select(c => c.Loss)];
        visitor.Points("points", points);
        visitor.List("losses", losses);
        curve.Clear();
        curve.AddRange(points.Zip(losses));
    }
}
