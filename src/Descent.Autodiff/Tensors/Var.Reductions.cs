using Descent.Autodiff.Operations;

namespace Descent.Autodiff;

// Sums, means and largest entries. Dimensions may be counted from the last: −1, −2, ….
public readonly partial struct Var<T>
{
    /// <summary>Sums over the dimensions that <paramref name="shape"/> has as 1 or lacks in front:
    /// the adjoint of <see cref="BroadcastTo"/>.</summary>
    public Var<T> SumTo(Shape shape) => Summed<T>.Of(this, shape);

    /// <summary>The sum of all entries.</summary>
    public Var<T> Sum() => SumTo(new Shape());

    /// <summary>The sum over one dimension, which is dropped.</summary>
    public Var<T> Sum(int dimension)
    {
        int d = Dimension("Sum", dimension);
        return SumTo(Sliced<T>.With(Shape, d, 1)).Reshape(Shape.Without(d));
    }

    /// <summary>The sum over the last dimension, which is dropped.</summary>
    public Var<T> SumLast() => Sum(-1);

    /// <summary>The mean of all entries.</summary>
    public Var<T> Mean() => Sum() / Count(Shape.Length);

    /// <summary>The mean over one dimension, which is dropped.</summary>
    public Var<T> Mean(int dimension) => Sum(dimension) / Count(Shape[Dimension("Mean", dimension)]);

    /// <summary>√Σx² over all entries, without overflow;
    /// its derivative is x/‖x‖, and 0 at 0, which is its subgradient of least norm.</summary>
    public Var<T> Norm() => NormOf<T>.Of(Reshape(new Shape(Shape.Length)));

    /// <summary>√Σx² over one dimension, which is dropped; its derivative is 0 at 0.</summary>
    public Var<T> Norm(int dimension)
    {
        int d = Dimension("Norm", dimension), last = Shape.Rank - 1;
        if (d == last) return NormOf<T>.Of(this);
        return NormOf<T>.Of(Permute([.. Enumerable.Range(0, Shape.Rank).Where(i => i != d), d]));
    }

    /// <summary>The largest entry along one dimension, which is dropped: the first of equals has the derivative.
    /// NaN where one of them is.</summary>
    public Var<T> Max(int dimension) => Largest<T>.Of(this, Dimension("Max", dimension));

    /// <summary>The smallest entry along one dimension, which is dropped: the first of equals has the derivative.
    /// NaN where one of them is.</summary>
    public Var<T> Min(int dimension) => -(-this).Max(dimension);

    int Count(int entries) => entries > 0 ? entries : throw new ArgumentException($"Mean: shape {Shape} has no entries to average.");

    int Dimension(string operation, int dimension)
    {
        int d = dimension < 0 ? Shape.Rank + dimension : dimension;
        return d >= 0 && d < Shape.Rank ? d : throw new ArgumentException($"{operation}: shape {Shape} has no dimension {dimension}.");
    }
}
