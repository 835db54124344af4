using System.Runtime.CompilerServices;

namespace Descent.Autodiff;

/// <summary>The shape of a tensor: up to six dimensions, row-major. A scalar has none.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>Most dimensions.</summary>
    public const int MostDimensions = 6;

    readonly Sizes sizes;

    // Kept less one, so that the default value is the shape of a scalar.
    readonly int lengthLessOne;

    /// <summary>A shape from its dimensions, each ≥ 0.</summary>
    public Shape(params ReadOnlySpan<int> dimensions)
    {
        if (dimensions.Length > MostDimensions)
            throw new ArgumentException($"A tensor has at most {MostDimensions} dimensions; got {dimensions.Length}.");
        int length = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            if (dimensions[i] < 0) throw new ArgumentException($"A dimension needs to be ≥ 0; got {dimensions[i]}.");
            sizes[i] = dimensions[i];
            length = checked(length * dimensions[i]);
        }
        Rank = dimensions.Length;
        lengthLessOne = length - 1;
    }

    /// <summary>Number of dimensions.</summary>
    public int Rank { get; }

    /// <summary>Number of entries.</summary>
    public int Length => lengthLessOne + 1;

    /// <summary>Size of dimension i; negative i count from the last.</summary>
    public int this[int i] => sizes[i < 0 ? Rank + i : i];

    /// <summary>Whether both have the same dimensions.</summary>
    public static bool operator ==(Shape a, Shape b) => a.Equals(b);

    /// <summary>Whether two shapes differ in rank or in any dimension.</summary>
    public static bool operator !=(Shape a, Shape b) => !a.Equals(b);

    /// <summary>The shape both are broadcast to: dimensions are aligned at the last, and 1 stretches.</summary>
    /// <exception cref="ArgumentException">Two dimensions differ and neither is 1; the message names the operation.</exception>
    public static Shape Broadcast(Shape a, Shape b, string operation)
    {
        if (a == b) return a;
        int rank = Math.Max(a.Rank, b.Rank);
        Span<int> size = stackalloc int[MostDimensions];
        for (int i = 1; i <= rank; i++)
        {
            int x = i <= a.Rank ? a[-i] : 1, y = i <= b.Rank ? b[-i] : 1;
            if (x != y && x != 1 && y != 1)
                throw new ArgumentException($"{operation}: shapes {a} and {b} do not broadcast; dimension −{i} is {x} and {y}.");
            size[rank - i] = x == 1 ? y : x;
        }
        return new Shape(size[..rank]);
    }

    /// <summary>This shape with its last dimension replaced; without one when <paramref name="size"/> is negative.</summary>
    public Shape WithLast(int size)
    {
        Span<int> all = stackalloc int[MostDimensions];
        for (int i = 0; i < Rank; i++) all[i] = sizes[i];
        if (size < 0) return new Shape(all[..(Rank - 1)]);
        all[Rank - 1] = size;
        return new Shape(all[..Rank]);
    }

    /// <summary>This shape without one of its dimensions.</summary>
    public Shape Without(int dimension)
    {
        Span<int> rest = stackalloc int[MostDimensions];
        for (int i = 0; i < Rank - 1; i++) rest[i] = sizes[i < dimension ? i : i + 1];
        return new Shape(rest[..(Rank - 1)]);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other)
    {
        if (Rank != other.Rank) return false;
        for (int i = 0; i < Rank; i++)
            if (sizes[i] != other.sizes[i]) return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape s && Equals(s);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rank, Length);

    /// <inheritdoc/>
    public override string ToString()
    {
        string[] parts = new string[Rank];
        for (int i = 0; i < Rank; i++) parts[i] = sizes[i].ToString(System.Globalization.CultureInfo.InvariantCulture);
        return "(" + string.Join(", ", parts) + ")";
    }

    [InlineArray(MostDimensions)]
    struct Sizes
    {
        int first;
    }
}
