using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Descent.Runs;

/// <summary>Puts every piece back that it sees.</summary>
sealed class StateRestorer(RunState state) : IStateVisitor
{
    /// <inheritdoc/>
    public void Buffer<T>(string name, Span<T> values)
        where T : unmanaged =>
        state.Take(name, Unsafe.SizeOf<T>(), values.Length * (long)Unsafe.SizeOf<T>()).CopyTo(MemoryMarshal.AsBytes(values));

    /// <inheritdoc/>
    public void Number(string name, ref double value) => Buffer(name, MemoryMarshal.CreateSpan(ref value, 1));

    /// <inheritdoc/>
    public void Number(string name, ref long value) => Buffer(name, MemoryMarshal.CreateSpan(ref value, 1));

    /// <inheritdoc/>
    public void Announce<T>(string name, int length)
        where T : unmanaged => state.Take(name, Unsafe.SizeOf<T>(), length * (long)Unsafe.SizeOf<T>());
}
