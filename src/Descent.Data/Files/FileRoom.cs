namespace Descent.Data.Files;

/// <summary><see cref="Room"/> for whoever knows no files: arrays while memory has room for them, mapped files beyond.</summary>
sealed class FileRoom : IRoom
{
    /// <summary>The one instance; it has no state.</summary>
    public static FileRoom Instance { get; } = new();

    /// <inheritdoc/>
    public Slab<T> Take<T>(long length)
        where T : unmanaged => Room.Take<T>(length);
}
