using System.Text;
using Descent.Data.Files;

namespace Descent.Fitting.Words;

/// <summary>Where the user asked for something to be written: every output of every command goes through here.</summary>
static class Destination
{
    /// <summary>The file system that outputs are written to; tests put in one that fails.</summary>
    public static IFileSystem Files { get; internal set; } = LocalFileSystem.Instance;

    /// <summary>Writes a text; a place that cannot be written is a usage error that names it.</summary>
    public static void Write(string path, string text) => Guarded(() => FileWriter.Write(Files, path, Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes a text behind the end of a file.</summary>
    public static void Append(string path, string text) => Guarded(() => FileWriter.Append(Files, path, Encoding.UTF8.GetBytes(text)));

    static void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (IOException e)
        {
            throw new FitException(e.Message.TrimEnd('.') + ". Name another place.");
        }
    }
}
