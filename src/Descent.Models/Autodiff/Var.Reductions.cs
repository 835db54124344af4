using Descent.Models.Autodiff.Operations;

namespace Descent.Models.Autodiff;

// Sums, means and largest entries. Dimensions may be counted from the last: −1, −2, ….
public readonly partial struct Var<T>
{
    /// <summary>Sums over the dimensions that <paramref name="shape"/> has as 1 or lacks in front: the adjoint of <see cref="BroadcastTo"/>.</summary>
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

    /// <summary>The largest entry along one dimension, which is dropped: the first of equals has the derivative. NaN where one of them is.</summary>
    public Var<T> Max(int dimension) => Largest<T>.Of(this, Dimension("Max", dimension));

    /// <summary>The smallest entry along one dimension, which is dropped: the first of equals has the derivative. NaN where one of them is.</summary>
    public Var<T> Min(int dimension) => -(-this).Max(dimension);

    int Count(int entries) => entries > 0 ? entries : throw new ArgumentException($"Mean: shape {Shape} has no entries to average.");

    int Dimension(string operation, int dimension)
    {
        int d = dimension < 0 ? Shape.Rank + dimension : dimension;
        return d >= 0 && d < Shape.Rank ? d : throw new ArgumentException($"{operation}: shape {Shape} has no dimension {dimension}.");
    }
}
