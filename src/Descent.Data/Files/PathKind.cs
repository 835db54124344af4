namespace Descent.Data.Files;

/// <summary>What a path leads to, links followed.</summary>
enum PathKind
{
    Missing,
    File,
    Folder,

    /// <summary>A device, a pipe or a socket: written through, never replaced.</summary>
    Stream,
}
