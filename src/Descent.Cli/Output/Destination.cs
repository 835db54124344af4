namespace Descent.Cli.Output;

/// <summary>Where the user asked for something to be written.</summary>
static class Destination
{
    /// <summary>Makes the folder of <paramref name="path"/> and writes; a place that cannot be written is a usage error that names it.</summary>
    public static void Write(string path, Action<string> write)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        try
        {
            if (folder is not null) Directory.CreateDirectory(folder);
            write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: cannot be written ({e.Message.TrimEnd('.')}). Name another place.");
        }
    }

    /// <summary>Writes a text.</summary>
    public static void Write(string path, string text) => Write(path, p => File.WriteAllText(p, text));
}
