using System.Security.Cryptography;
using System.Text;
using Descent.Data.Files;

namespace Descent.Cli.Output;

/// <summary>
/// Writes the results of a command. A destination that fails now, after the work, does not take the result with it: it is saved in the
/// folder for temporary files instead, and the command says so after it has printed what it found.
/// </summary>
sealed class Saving
{
    readonly List<string> failures = [];

    /// <summary>Writes to a path, or elsewhere.</summary>
    /// <param name="path">Where it was asked for.</param>
    /// <param name="write">Writes to the path that it is given; throws <see cref="IOException"/> when it cannot.</param>
    /// <returns>Where it lies; null when it could not be saved anywhere.</returns>
    public string? Write(string path, Action<string> write)
    {
        try
        {
            write(path);
            return path;
        }
        catch (IOException e)
        {
            string? instead = Elsewhere(path, write);
            failures.Add($"{e.Message.TrimEnd('.')}. "
                + (instead is null ? "It could not be saved anywhere else either." : $"It was saved as {instead} instead."));
            return instead;
        }
    }

    /// <summary>Writes text in UTF-8 to a path, or elsewhere.</summary>
    /// <returns>Where it lies; null when it could not be saved anywhere.</returns>
    public string? Text(string path, string text) =>
        Write(path, p => FileWriter.Write(Destination.Files, p, Encoding.UTF8.GetBytes(text)));

    /// <summary>Says what failed.</summary>
    /// <returns>The exit code: what the work ended with, or <see cref="ExitCode.Usage"/> when it went well and a destination did
    /// not.</returns>
    public int End(int code)
    {
        foreach (string f in failures) Console.Error.WriteLine("descent: " + f);
        return failures.Count > 0 && code is (ExitCode.Done or ExitCode.BudgetSpent) ? ExitCode.Usage : code;
    }

    static string? Elsewhere(string path, Action<string> write)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        string instead = Path.Combine(
            Path.GetTempPath(),
            $"descent-{RandomNumberGenerator.GetHexString(8, lowercase: true)}-{(name.Length is > 0 and < 100 ? name : "result")}");
        try
        {
            write(instead);
            return instead;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
