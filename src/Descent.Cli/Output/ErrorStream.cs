namespace Descent.Cli.Output;

/// <summary>What is said on the error stream.</summary>
static class ErrorStream
{
    /// <summary>Writes what was assumed and what was not used, whatever else is printed or kept quiet.</summary>
    public static void Say(IEnumerable<string> notes)
    {
        foreach (string note in notes) Console.Error.WriteLine("descent: " + note);
    }

    /// <summary>Reads the data of a request and says what was assumed; with --quiet the first line, how it was read, is left out.</summary>
    public static LoadedData Load(FitSpec spec, bool quiet)
    {
        LoadedData data = DataLoader.Load(spec);
        Say(quiet ? data.Notes.Skip(1) : data.Notes);
        return data;
    }
}
