namespace Descent.Numerics;

/// <summary>Arrays of the heap.</summary>
public sealed class ArrayRoom : IRoom
{
    ArrayRoom()
    {
    }

    /// <summary>The one instance; it has no state.</summary>
    public static ArrayRoom Instance { get; } = new();

    /// <inheritdoc/>
    public Slab<T> Take<T>(long length)
        where T : unmanaged => LargePages.Allocate<T>(length);
}
