namespace Descent.Autodiff;

/// <summary>The entries of a tensor where they lie: the memory from its first entry on, its shape, and how far apart they are.</summary>
/// <typeparam name="T">Element type.</typeparam>
public readonly ref struct Strided<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal Strided(ReadOnlySpan<T> memory, Shape shape, Strides strides)
    {
        Memory = memory;
        Shape = shape;
        Strides = strides;
    }

    /// <summary>Memory from the first entry to the last.</summary>
    public ReadOnlySpan<T> Memory { get; }

    /// <summary>Shape.</summary>
    public Shape Shape { get; }

    /// <summary>Distances.</summary>
    public Strides Strides { get; }

    /// <summary>Whether the memory is the value, row-major.</summary>
    public bool IsContiguous => Strides.AreRowMajor(Shape);

    /// <summary>The same tensor read as one of a larger shape.</summary>
    internal Strided<T> Stretch(Shape to) => new(Memory, to, Strides.Stretch(Shape, to));
}
