using Descent.Oracles;
using Descent.Sets;

namespace Descent.Testing;

/// <summary>Base of objectives given by formulas: checks lengths and counts, so that an author writes the mathematics alone.</summary>
/// <typeparam name="T">Element type.</typeparam>
public abstract class AnalyticOracle<T> : IHessianMatrixOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>An objective of d parameters.</summary>
    protected AnalyticOracle(int dimension)
    {
        Dimension = dimension;
        Layout = BlockLayout.Flat(dimension);
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public BlockLayout Layout { get; }

    /// <inheritdoc/>
    public OracleMeter Meter { get; } = new();

    /// <summary>Smallest value of F.</summary>
    public abstract double Optimum { get; }

    /// <summary>A point where it is taken.</summary>
    public abstract ReadOnlySpan<double> Minimiser { get; }

    /// <summary>Smoothness H; ∞ when there is none.</summary>
    public abstract double Smoothness { get; }

    /// <summary>Strong convexity μ ≥ 0.</summary>
    public abstract double StrongConvexity { get; }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<T> w)
    {
        Guard.Length("Value", Dimension, w.Length);
        Meter.CountValues(1);
        return ValueCore(w);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<T> w, Span<T> g)
    {
        Guard.Length("Gradient", Dimension, w.Length);
        Guard.Length("Gradient", Dimension, g.Length);
        Meter.CountGradients(1);
        return GradientCore(w, g);
    }

    /// <inheritdoc/>
    public void HessianProduct(ReadOnlySpan<T> w, ReadOnlySpan<T> v, Span<T> hv)
    {
        Guard.Length("HessianProduct", Dimension, w.Length);
        Guard.Length("HessianProduct", Dimension, v.Length);
        Guard.Length("HessianProduct", Dimension, hv.Length);
        Meter.CountSecondOrder(1);
        double[] h = new double[Dimension * Dimension];
        HessianCore(w, h);
        for (int i = 0; i < Dimension; i++)
        {
            double sum = 0;
            for (int j = 0; j < Dimension; j++) sum += h[(Math.Min(i, j) * Dimension) + Math.Max(i, j)] * double.CreateTruncating(v[j]);
            hv[i] = T.CreateTruncating(sum);
        }
    }

    /// <inheritdoc/>
    public double Curvature(ReadOnlySpan<T> w, Span<double> gradient, Span<double> hessian)
    {
        T[] g = new T[Dimension];
        double value = Gradient(w, g);
        Meter.CountSecondOrder(1);
        Vectors.Convert<T, double>(g, gradient);
        hessian.Clear();
        HessianCore(w, hessian);
        return value;
    }

    /// <summary>F(w).</summary>
    protected abstract double ValueCore(ReadOnlySpan<T> w);

    /// <summary>Writes ∇F(w) and returns F(w).</summary>
    protected abstract double GradientCore(ReadOnlySpan<T> w, Span<T> g);

    /// <summary>Writes the upper triangle of ∇²F(w).</summary>
    protected abstract void HessianCore(ReadOnlySpan<T> w, Span<double> hessian);
}
