namespace Descent.Data.Files;

/// <summary>A file that is being written.</summary>
interface IOutputStream : IDisposable
{
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Has everything that was written put on the disk.</summary>
    void Flush();
}
