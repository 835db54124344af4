using Descent.Data;
using Descent.Data.Files;

namespace Descent.Cli.Output;

/// <summary>Saves the last complete iterate of a fit whose step does not end.</summary>
static class Unfinished
{
    public static string Save(FitSpec spec, Fitter fitter) =>
        Save(spec.Output, () => fitter.Unfinished(spec.Output.Model is { } o ? Path.GetFileName(OutputPlace.Of(Destination.Files, o).Target)
            : "") is { } last
            ? (last.What, path =>
                last.Files.Save(Destination.Files, path)) : null);

    /// <summary>Saves what there is of the model where it was asked for.</summary>
    /// <param name="output">What was asked for.</param>
    /// <param name="model">What is saved, in words, and how; null where there is nothing yet.</param>
    public static string Save(OutputSpec output, Func<(string What, Action<string> Write)?> model)
    {
        const string Left = "the step under way has not ended within a second and is left";
        string others = output.Report is null && output.Run is null && output.Proof is null ? ""
            : " Report, folder of the run and proof need the end of a run: none is written.";
        if (output.Model is not { } path) return $"{Left}; no model was asked for (--out MODEL saves it).{others}";
        try
        {
            if (model() is not { } last) return $"{Left}; it was the first, so there is no model.{others}";
            Saving saving = new();
            string? written = saving.Write(path, last.Write);
            saving.End(ExitCode.Interrupted);
            return written is null ? $"{Left}." : $"{Left}; {last.What} is saved as {written}.{others}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UsageException or DataException)
        {
            return $"{Left}; the model could not be saved ({e.Message.TrimEnd('.')}).";
        }
    }
}
