using Descent.Oracles;
using Descent.Sets;

namespace Descent.Tests.Recursions;

/// <summary>The plain problem as the library asks for it.</summary>
sealed class PlainOracle(Plain problem, IProximalMap? nonSmooth = null) : IFiniteSumOracle<double>, IHessianMatrixOracle<double>
{
    readonly RowSampler rows = new(problem.Count);

    public int Dimension => problem.Dimension;

    public int Count => problem.Count;

    public int Population => problem.Count;

    public BlockLayout Layout => problem.Layout;

    public OracleMeter Meter { get; } = new();

    public IProximalMap? NonSmooth => nonSmooth;

    public double Value(ReadOnlySpan<double> w) => problem.Value(w.ToArray(), problem.All);

    public double Gradient(ReadOnlySpan<double> w, Span<double> g)
    {
        double[] at = w.ToArray();
        problem.Gradient(at, problem.All).CopyTo(g);
        return problem.Value(at, problem.All);
    }

    public double Value(ReadOnlySpan<double> w, Sample sample) => problem.Value(w.ToArray(), rows.Resolve(sample).ToArray());

    public double Gradient(ReadOnlySpan<double> w, Sample sample, Span<double> g)
    {
        double[] at = w.ToArray();
        int[] chosen = rows.Resolve(sample).ToArray();
        problem.Gradient(at, chosen).CopyTo(g);
        return problem.Value(at, chosen);
    }

    public void HessianProduct(ReadOnlySpan<double> w, ReadOnlySpan<double> v, Span<double> hv)
    {
        double[,] h = problem.Hessian(w.ToArray());
        for (int i = 0; i < hv.Length; i++)
        {
            hv[i] = 0;
            for (int j = 0; j < v.Length; j++) hv[i] += h[i, j] * v[j];
        }
    }

    public double Curvature(ReadOnlySpan<double> w, Span<double> gradient, Span<double> hessian)
    {
        double[] at = w.ToArray();
        double[,] h = problem.Hessian(at);
        problem.Gradient(at, problem.All).CopyTo(gradient);
        for (int i = 0; i < w.Length; i++)
            for (int j = 0; j < w.Length; j++) hessian[(i * w.Length) + j] += h[i, j];
        return problem.Value(at, problem.All);
    }
}
