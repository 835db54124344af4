namespace Descent.Numerics;

/// <summary>
/// Where arrays that grow with the number of rows are made: in memory, or in files that are mapped. What is computed does not depend on it.
/// </summary>
public interface IRoom
{
    /// <summary>Room for some elements; its content is undefined.</summary>
    /// <param name="length">How many, ≥ 0.</param>
    /// <exception cref="OutOfMemoryException">There is none.</exception>
    Slab<T> Take<T>(long length)
        where T : unmanaged;
}
