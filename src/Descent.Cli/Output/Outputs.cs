using Descent.Data.Files;

namespace Descent.Cli.Output;

/// <summary>
/// The destinations of a command, looked at before its work begins: one that cannot be written, that is one of the inputs, or that is
/// another destination as well is refused while nothing is lost. Files are the same when the system says so (hard links), or when their
/// paths lead to the same place.
/// </summary>
static class Outputs
{
    /// <summary>A destination as it was asked for.</summary>
    /// <param name="Option">The option that named it.</param>
    /// <param name="Path">The path; null when it was not asked for.</param>
    /// <param name="IsFolder">Whether it is the folder of a run.</param>
    public readonly record struct Wanted(string Option, string? Path, bool IsFolder = false);

    /// <summary>The destinations of a request, against its inputs.</summary>
    public static void Check(FitSpec spec)
    {
        if (spec.Output.Model is { } model && model.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--out {model}: a model is a JSON file, and the weights of a network lie beside it in "
                + $"safetensors form. Name it {Path.ChangeExtension(model, ".json")}.");
        Check([new("--out", spec.Output.Model), new("--report", spec.Output.Report), new("--proof", spec.Output.Proof),
            new("--noise-cov", spec.Output.NoiseCovariance), new("--run", spec.Output.Run, true)],
            spec.Data.Inputs);
    }

    /// <exception cref="UsageException">A destination cannot be written, or would destroy something.</exception>
    public static void Check(IReadOnlyList<Wanted> wanted, IReadOnlyList<string> inputs)
    {
        List<(Wanted Wanted, OutputPlace Place)> places = [.. wanted.Where(w => w.Path is not null).Select(w => (w, Look(w)))];
        for (int i = 0; i < places.Count; i++)
        {
            var (output, place) = places[i];
            foreach (string input in inputs) RequireOther(output, place, input);
            foreach (var (other, there) in places.Take(i)) RequireOther(output, place, other, there);
        }
        foreach (var (output, _) in places) Probe(output);
    }

    static OutputPlace Look(Wanted w)
    {
        string path = w.Path!;
        string kind = w.IsFolder ? "a folder" : "the name of a file", example = w.IsFolder ? "runs/1" : w.Option == "--report"
            ? "report.html" : "model.json";
        if (path.Length == 0) throw new UsageException($"{w.Option} is empty; expected {kind}, for example {w.Option} {example}.");
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new UsageException($"{w.Option} holds a zero character, which no path has.");
        return Worded(w, () => OutputPlace.Of(Destination.Files, w.IsFolder ? Path.TrimEndingDirectorySeparator(path) : path));
    }

    static void Probe(Wanted w) =>
        Worded(w, () => w.IsFolder ? FolderWriter.Probe(Destination.Files, w.Path!, RunFolder.IsOwn)
        : FileWriter.Probe(Destination.Files, w.Path!));

    static OutputPlace Worded(Wanted w, Func<OutputPlace> look)
    {
        try
        {
            return look();
        }
        catch (IOException e)
        {
            throw new UsageException($"{w.Option} {e.Message.TrimEnd('.')}. Name another place.");
        }
    }

    static void RequireOther(Wanted output, OutputPlace place, string input)
    {
        if (input.Length == 0 || input.Contains('\0', StringComparison.Ordinal)) return;
        string path = input == "-" ? "/dev/stdin" : input;
        OutputPlace read;
        try
        {
            read = new OutputPlace(input, Destination.Files.Resolve(path), Destination.Files.Look(path));
        }
        catch (Exception e) when (OutputPlace.IsRefusal(e))
        {
            // Whoever reads it will say what is wrong with it.
            return;
        }
        if (read.Facts.Kind != PathKind.File) return;
        string named = $"{output.Option} {place.Given}";
        if (IsSame(place, read)) throw new UsageException($"{named} is the input {input}, which would be destroyed. Name another place.");
        if (output.IsFolder && Within(place.Target, read.Target))
            throw new UsageException($"{named} is the folder of the input {input}, which would be replaced. Name another folder.");
    }

    static void RequireOther(Wanted output, OutputPlace place, Wanted other, OutputPlace there)
    {
        bool both = IsSame(place, there) && !(place.Facts.Kind == PathKind.Stream && Path.GetFullPath(place.Given) == "/dev/null");
        if (both)
            throw new UsageException($"{other.Option} {there.Given} and {output.Option} {place.Given} are one place; one would "
                + $"overwrite the other. Name two places.");
        if ((output.IsFolder && Within(place.Target, there.Target)) || (other.IsFolder && Within(there.Target, place.Target)))
            throw new UsageException($"{other.Option} {there.Given} and {output.Option} {place.Given} lie one in the other; the folder "
                + $"of a run is replaced as a whole. Name places apart.");
    }

    static StringComparison Names => OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    static bool IsSame(OutputPlace a, OutputPlace b) => string.Equals(Real(a.Target), Real(b.Target), Names)
        || (a.Facts.Identity is { } i && i == b.Facts.Identity);

    static bool Within(string folder, string path) => Real(path)
        .StartsWith(Real(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, Names);

    // Links among the folders of a path, too; what is not there yet stands below the first folder that is.
    static string Real(string path)
    {
        if (Path.GetDirectoryName(path) is not { Length: > 0 } above) return path;
        string folder = Real(above);
        string here = Path.Combine(folder, Path.GetFileName(path));
        return Directory.Exists(here) && new DirectoryInfo(here).ResolveLinkTarget(true) is { } target ? Real(target.FullName) : here;
    }
}
