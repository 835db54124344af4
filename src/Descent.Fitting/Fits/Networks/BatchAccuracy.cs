using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>
/// Accuracy of a network on a batch of training rows at every trace point: the next rows each time, so that all are seen in turn.
/// </summary>
/// <param name="accuracyOf">Accuracy from parameters, rows and labels.</param>
/// <param name="rows">All training rows, in a fixed order.</param>
/// <param name="labels">Their labels.</param>
/// <param name="columns">Numbers a row.</param>
sealed class BatchAccuracy(Func<float[], float[], double[], double> accuracyOf, float[] rows, double[] labels,
    int columns) : IMonitor<float>
{
    /// <summary>Rows a look at most.</summary>
    public const int Rows = 256;

    readonly List<(double Epochs, double Accuracy)> path = [];
    int next;

    /// <summary>Epochs and accuracy.</summary>
    public IReadOnlyList<(double Epochs, double Accuracy)> Path => path;

    public string? Look(in TracePoint point, ReadOnlySpan<float> w)
    {
        foreach (float v in w)
            if (!float.IsFinite(v)) return null;
        int m = Math.Min(Rows, labels.Length);
        float[] x = new float[m * columns];
        double[] y = new double[m];
        for (int i = 0; i < m; i++, next = (next + 1) % labels.Length)
        {
            rows.AsSpan(next * columns, columns).CopyTo(x.AsSpan(i * columns));
            y[i] = labels[next];
        }
        path.Add((point.Epochs, accuracyOf(w.ToArray(), x, y)));
        return null;
    }

    public void Visit(IStateVisitor visitor)
    {
        visitor.Number("next", ref next);
        visitor.List("path", path);
    }
}
