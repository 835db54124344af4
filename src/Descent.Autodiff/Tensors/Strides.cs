using System.Runtime.CompilerServices;

namespace Descent.Autodiff;

/// <summary>How far apart the entries of a tensor lie along each dimension, in entries; 0 where one entry is repeated.</summary>
public readonly struct Strides
{
    readonly Numbers numbers;

    /// <summary>Strides from their numbers, one a dimension.</summary>
    public Strides(params ReadOnlySpan<int> strides)
    {
        if (strides.Length > Shape.MostDimensions)
            throw new ArgumentException($"A tensor has at most {Shape.MostDimensions} dimensions; got {strides.Length}.");
        for (int i = 0; i < strides.Length; i++) numbers[i] = strides[i];
    }

    /// <summary>Stride of dimension i.</summary>
    public int this[int i] => numbers[i];

    /// <summary>Those of a tensor whose entries lie together, the last dimension fastest.</summary>
    public static Strides RowMajor(Shape shape)
    {
        Span<int> all = stackalloc int[Shape.MostDimensions];
        int stride = 1;
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            all[i] = stride;
            stride *= shape[i];
        }
        return new Strides(all);
    }

    /// <summary>Whether entries of this shape lie together in row-major order. Dimensions of size 1 do not matter.</summary>
    public bool AreRowMajor(Shape shape)
    {
        int stride = 1;
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            if (shape[i] != 1 && numbers[i] != stride) return shape.Length == 0;
            stride *= shape[i];
        }
        return true;
    }

    /// <summary>The strides with which a tensor of shape <paramref name="from"/> is read as one of shape <paramref name="to"/>:
    /// dimensions are aligned at the last, and what is stretched stands still.</summary>
    public Strides Stretch(Shape from, Shape to)
    {
        Span<int> all = stackalloc int[Shape.MostDimensions];
        all.Clear();
        for (int i = 1; i <= from.Rank; i++) all[to.Rank - i] = from[-i] == 1 ? 0 : numbers[from.Rank - i];
        return new Strides(all);
    }

    /// <summary>One past the farthest entry.</summary>
    public int Reach(Shape shape)
    {
        int last = 0;
        for (int i = 0; i < shape.Rank; i++) last += (shape[i] - 1) * numbers[i];
        return shape.Length == 0 ? 0 : last + 1;
    }

    [InlineArray(Shape.MostDimensions)]
    struct Numbers
    {
        int first;
    }
}
