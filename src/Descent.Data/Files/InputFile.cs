using Descent.Data.Text;

namespace Descent.Data.Files;

/// <summary>Files that are read whole: models, weights, histories.</summary>
static class InputFile
{
    /// <summary>A file that is read whole is no larger than this; more is no model that this program writes.</summary>
    const long Largest = 1L << 31;

    /// <summary>The first bytes of a plain file, fewer where it has no more.</summary>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static byte[] Head(string path, int length)
    {
        using Stream file = ByteSource.OpenPlain(path);
        byte[] head = new byte[length];
        return head[..ByteSource.Fill(file, head, path)];
    }

    /// <summary>Every byte of a file.</summary>
    /// <param name="path">The file; a pipe is read to its end.</param>
    /// <param name="expected">What should be there, for messages.</param>
    /// <exception cref="DataException">Missing, a folder, not readable, too large.</exception>
    public static byte[] ReadAll(string path, string expected)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            throw new DataException($"'{path.Replace("\0", "\\0", StringComparison.Ordinal)}' is no path. Expected {expected}.");
        if (Directory.Exists(path)) throw new DataException($"{path}: is a directory; expected {expected}.");
        if (!File.Exists(path)) throw new DataException($"{path}: no such file. Expected {expected}.");
        try
        {
            using FileStream file = LocalFileSystem.OpenRead(path);
            if (file.CanSeek && file.Length > Largest)
                throw new DataException($"{path}: has {file.Length} bytes, too many for what is expected here: {expected}.");
            using MemoryStream all = new(file.CanSeek ? (int)Math.Min(file.Length, 1 << 30) : 0);
            byte[] buffer = new byte[1 << 16];
            for (int got; (got = file.Read(buffer)) > 0; all.Write(buffer, 0, got))
                if (all.Length + got > Math.Min(Largest, Array.MaxLength))
                    throw new DataException($"{path}: has more bytes than what is expected here: {expected}.");
            return all.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }
}
