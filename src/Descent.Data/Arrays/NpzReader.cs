using System.IO.Compression;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>Reads the arrays of an NPZ file, a zip archive of NPY files as numpy's <c>savez</c> and <c>savez_compressed</c>
/// write.</summary>
public static class NpzReader
{
    const string Ending = ".npy";

    /// <summary>Whether an opened input is such an archive, of which nothing is used up.</summary>
    internal static bool IsArchive(DataSource source) => Kinds.IsNpz(source.Head);

    /// <summary>Reads all arrays of a file, by their names, in the order of the file.</summary>
    /// <exception cref="DataException">It is no such archive, an array is damaged, or holds no numbers.</exception>
    public static IReadOnlyList<(string Name, NpyArray Array)> Read(string path) => Read(DataSource.Open(path));

    /// <summary>Reads an opened input to its end and closes it.</summary>
    /// <exception cref="DataException">As for a path.</exception>
    public static IReadOnlyList<(string Name, NpyArray Array)> Read(DataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        using DataSource input = source;
        // The directory of an archive stands at its end: a file is entered there, a pipe is read whole first.
        using Stream? file = Files.LocalFileSystem.Stamp(input.Path) is null ? null : ByteSource.OpenPlain(input.Path);
        List<(string, NpyArray)> arrays = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        try
        {
            using ZipArchive archive = new(file ?? input.Stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                string name = entry.FullName.EndsWith(Ending, StringComparison.Ordinal) ? entry.FullName[..^Ending.Length]
                    : throw new DataException($"{input.Name}: holds '{entry.FullName}', which is no NPY file. Expected what np.savez "
                        + "writes.");
                if (!names.Add(name)) throw new DataException($"{input.Name}: holds two arrays named '{name}'. Expected distinct names.");
                using Stream stream = entry.Open();
                arrays.Add((name, NpyReader.Read(stream, $"{input.Name}, array '{name}'", input.Path)));
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new DataException($"{input.Name}: the zip archive is damaged or cut off ({e.Message.TrimEnd('.')}). Save it again with "
                + "np.savez.", e);
        }
        return arrays.Count > 0 ? arrays : throw new DataException($"{input.Name}: is a zip archive without arrays. Expected what np.savez "
            + "writes.");
    }
}
