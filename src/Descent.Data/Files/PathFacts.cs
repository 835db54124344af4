namespace Descent.Data.Files;

/// <summary>What the system says of a path, links followed.</summary>
/// <param name="Kind">What it leads to.</param>
/// <param name="Identity">Device and number of the file, the same for every hard link to it; null where the system does not say.</param>
/// <param name="Length">Length of a file; 0 for everything else.</param>
/// <param name="Mode">Permissions; null where there are none of this sort.</param>
readonly record struct PathFacts(PathKind Kind, (ulong Device, ulong Number)? Identity, long Length, UnixFileMode? Mode);
