using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Runs;

/// <summary>Keeps every piece that it sees.</summary>
sealed class StateSaver(RunState state) : IStateVisitor
{
    /// <inheritdoc/>
    public void Buffer<T>(string name, Span<T> values)
        where T : unmanaged => state.Add(name, Unsafe.SizeOf<T>(), MemoryMarshal.AsBytes(values));

    /// <inheritdoc/>
    public void Number(string name, ref double value) => Buffer(name, MemoryMarshal.CreateSpan(ref value, 1));

    /// <inheritdoc/>
    public void Number(string name, ref long value) => Buffer(name, MemoryMarshal.CreateSpan(ref value, 1));
}
