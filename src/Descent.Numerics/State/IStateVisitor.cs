namespace Descent.Numerics;

/// <summary>Sees every piece of state of an iteration once, by name: to save it, to put it back, or to report its memory.</summary>
public interface IStateVisitor
{
    /// <summary>A buffer of parameters' length or other.</summary>
    void Buffer<T>(string name, Span<T> values)
        where T : unmanaged;

    /// <summary>A real number of the state, read or replaced.</summary>
    void Number(string name, ref double value);

    /// <summary>An integer of the state, read or replaced.</summary>
    void Number(string name, ref long value);

    /// <summary>Told of a buffer whose length is state too, before room is made for it; what puts state back refuses here a length that
    /// it does not hold.</summary>
    /// <exception cref="FormatException">There is no buffer of that name and length.</exception>
    void Announce<T>(string name, int length)
        where T : unmanaged
    {
    }
}
