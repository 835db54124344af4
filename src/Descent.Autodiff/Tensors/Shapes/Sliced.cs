namespace Descent.Autodiff.Operations;

/// <summary>A range of one dimension, a view; dimension and first index are packed into the node's number.
/// The adjoint of <see cref="Embedded{T}"/>.</summary>
sealed class Sliced<T> : View<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly Sliced<T> Instance = new();

    public override string Name => "Slice";

    public static Var<T> Of(Var<T> x, int dimension, int first, int count)
    {
        Shape s = x.Shape;
        if (dimension < 0 || dimension >= s.Rank || first < 0 || count < 0 || first + count > s[dimension])
            throw new ArgumentException($"Slice: shape {s} has no entries {first} … {first + count - 1} along dimension {dimension}.");
        return first == 0 && count == s[dimension]
            ? x
            : x.Tape.View(Instance, x, With(s, dimension, count), x.Strides, count == 0 ? 0 : first * x.Strides[dimension],
                (first * 8.0) + dimension);
    }

    /// <summary>A shape with one dimension replaced.</summary>
    public static Shape With(Shape s, int dimension, int size)
    {
        Span<int> sizes = stackalloc int[Shape.MostDimensions];
        for (int i = 0; i < s.Rank; i++) sizes[i] = i == dimension ? size : s[i];
        return new Shape(sizes[..s.Rank]);
    }

    /// <summary>How a range lies in the whole: the dimensions before run outside, the rest lies together.</summary>
    public static (int Outer, int Inner, int Whole, int First) Layout(Shape whole, Shape part, double packed)
    {
        int dimension = (int)((long)packed % 8), first = (int)((long)packed / 8), outer = 1, rest = 1;
        for (int i = 0; i < dimension; i++) outer *= whole[i];
        for (int i = dimension + 1; i < whole.Rank; i++) rest *= whole[i];
        return (outer, part[dimension] * rest, whole[dimension] * rest, first * rest);
    }

    public override void Pullback(Var<T> node, Var<T> cotangent, Cotangents<T> sink)
    {
        Node<T> n = node.Tape.NodeAt(node.Index);
        if (sink.Wants(n.First)) sink.Add(n.First, Embedded<T>.Of(cotangent, node.Tape.NodeAt(n.First).Shape, n.Number));
    }
}
