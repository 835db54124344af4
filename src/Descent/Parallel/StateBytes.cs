using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Parallel;

/// <summary>State as the bytes of its pieces one after another, without names: for the other end of a wire, where the same object reads
/// them in the same order.</summary>
sealed class StateBytes : IStateVisitor
{
    byte[] bytes = [];
    bool reads, measures;

    /// <summary>Where the next piece lies.</summary>
    public int At { get; private set; }

    /// <summary>How many bytes the state takes.</summary>
    public int Length(Action<IStateVisitor> visit)
    {
        (measures, At) = (true, 0);
        visit(this);
        measures = false;
        return At;
    }

    /// <summary>Writes the state from a place on, or puts back what lies there.</summary>
    public void Move(Action<IStateVisitor> visit, byte[] all, int from, bool putBack)
    {
        (bytes, At, reads) = (all, from, putBack);
        visit(this);
        bytes = [];
    }

    /// <inheritdoc/>
    public void Buffer<T>(string name, Span<T> values)
        where T : unmanaged
    {
        Span<byte> piece = MemoryMarshal.AsBytes(values);
        if (!measures && reads) bytes.AsSpan(At, piece.Length).CopyTo(piece);
        else if (!measures) piece.CopyTo(bytes.AsSpan(At));
        At = checked(At + piece.Length);
    }

    /// <inheritdoc/>
    public void Number(string name, ref double value) => Buffer(name, MemoryMarshal.CreateSpan(ref value, 1));

    /// <inheritdoc/>
    public void Number(string name, ref long value) => Buffer(name, MemoryMarshal.CreateSpan(ref value, 1));

    /// <inheritdoc/>
    public void Announce<T>(string name, int length)
        where T : unmanaged
    {
        long left = bytes.Length - At, needed = length * (long)Unsafe.SizeOf<T>();
        if (!measures && reads && needed > left) throw new FormatException($"'{name}' takes {needed} bytes, and {left} are left.");
    }
}
