using Descent.Oracles;
using Descent.Runs;

namespace Descent.Fitting.Fits;

/// <summary>
/// The largest curvature of a network along its path: ten power iterations on Hessian products at a dozen trace points, at doubling
/// distances.
/// </summary>
sealed class CurvatureMonitor(IHessianOracle<float> oracle, ulong seed) : IMonitor<float>
{
    const int Most = 16, Products = 10;
    readonly List<(double Epochs, double Curvature)> path = [];
    readonly float[] v = new float[oracle.Dimension], hv = new float[oracle.Dimension];
    long next;

    /// <summary>Epochs and largest curvature.</summary>
    public IReadOnlyList<(double Epochs, double Curvature)> Path => path;

    public string? Look(in TracePoint point, ReadOnlySpan<float> w)
    {
        if (point.Step < next || path.Count >= Most) return null;
        next = Math.Max(1, point.Step * 2);
        double curvature = Measure(w);
        if (double.IsFinite(curvature)) path.Add((point.Epochs, curvature));
        return null;
    }

    public void Visit(IStateVisitor visitor)
    {
        visitor.Number("next", ref next);
        visitor.List("path", path);
    }

    // |λ| of largest size: where that is negative the smallest eigenvalue is meant, which the certificate at the end tells apart.
    double Measure(ReadOnlySpan<float> w)
    {
        Draws draws = new(seed, 8);
        for (int j = 0; j < v.Length; j++) v[j] = (float)draws.NextNormal();
        double size = 0;
        for (int k = 0; k < Products; k++)
        {
            double length = Vectors.Norm<float>(v);
            if (!(length > 0) || !double.IsFinite(length)) return size;
            Vectors.Scale((float)(1 / length), v.AsSpan());
            oracle.HessianProduct(w, v, hv);
            size = Vectors.Norm<float>(hv);
            hv.CopyTo(v, 0);
        }
        return size;
    }
}
