using System.Buffers;

namespace Descent.Data.Files;

/// <summary>What would be written, in memory.</summary>
sealed class MemoryOutput : IOutputStream
{
    readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>All that was written so far.</summary>
    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes) => this.bytes.Write(bytes);

    /// <inheritdoc/>
    public void Flush()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
