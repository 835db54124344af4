using System.Numerics;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>The held-out loss along a run; with a patience it ends the run when that loss has not improved for so many trace points, and keeps the best iterate.</summary>
sealed class ValidationMonitor<T>(Func<T[], double> lossOf, int? patience) : IMonitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly List<(TracePoint Point, double Loss)> curve = [];
    int since;

    /// <summary>Held-out mean loss at the trace points.</summary>
    public IReadOnlyList<(TracePoint Point, double Loss)> Curve => curve;

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
        double loss = lossOf(copy);
        curve.Add((point, loss));
        if (loss < BestLoss)
        {
            (BestLoss, Best, since) = (loss, copy, 0);
            return null;
        }
        if (patience is null || point.Epochs < 1 || ++since < patience) return null;
        Ended = true;
        return FormattableString.Invariant($"the held-out loss has not fallen below {BestLoss:G6} for {patience} looks");
    }
}
