namespace Descent.Autodiff.Operations;

/// <summary>
/// The matrices in the last two dimensions of a tensor, as a product takes them:
/// where they lie when the entries of rows or of columns lie together, whatever the distances between those; copied otherwise.
/// </summary>
readonly ref struct Matrices<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Shape shape;
    readonly Strides strides;

    Matrices(Strided<T> x, bool transposed, int far)
    {
        Memory = x.Memory;
        shape = x.Shape;
        strides = x.Strides;
        IsTransposed = transposed;
        Far = far;
    }

    /// <summary>Memory from the first matrix on.</summary>
    public ReadOnlySpan<T> Memory { get; }

    /// <summary>Whether what lies there has to be transposed.</summary>
    public bool IsTransposed { get; }

    /// <summary>Distance of the rows as they lie there.</summary>
    public int Far { get; }

    public static Matrices<T> Of(Tape<T> tape, int node, bool transposed)
    {
        Strided<T> x = tape.StridedOf(node);
        int last = x.Shape.Rank - 1, rows = x.Shape[-2], columns = x.Shape[-1], down = x.Strides[last - 1], right = x.Strides[last];
        if ((right == 1 || columns == 1) && (down >= columns || rows == 1)) return new(x, transposed, rows == 1 ? columns : down);
        if ((down == 1 || rows == 1) && (right >= rows || columns == 1)) return new(x, !transposed, columns == 1 ? rows : right);
        _ = tape.ValueOf(node);
        return new(tape.StridedOf(node), transposed, columns);
    }

    /// <summary>Where the i-th matrix begins, leading dimensions counted in order.</summary>
    public int Begin(int i)
    {
        int at = 0;
        for (int d = shape.Rank - 3; d >= 0; d--)
        {
            at += i % shape[d] * strides[d];
            i /= shape[d];
        }
        return at;
    }
}
