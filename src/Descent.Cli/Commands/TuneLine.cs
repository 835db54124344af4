using Descent.Cli.Output;

namespace Descent.Cli.Commands;

/// <summary>The command line that fits with what a search has found.</summary>
static class TuneLine
{
    static readonly string[] OfSearch = ["--search", "--trials", "--folds", "--vary", "--run", "--report", "--json", "--quiet"];

    /// <summary>The fit's command line with the best values.</summary>
    public static string Of(string command, IReadOnlyList<SearchDimension> dimensions, Trial best, double epochs)
    {
        string line = Without(command.Replace("descent tune", "descent fit", StringComparison.Ordinal), OfSearch);
        for (int k = 0; k < dimensions.Count; k++) line = Set(line, dimensions[k], best.Values[k]);
        return double.IsNaN(epochs) ? line : CommandText.With(line, "--epochs", Text.Number(epochs));
    }

    /// <summary>The line without some options.</summary>
    public static string Without(string line, params IEnumerable<string> options) =>
        options.Aggregate(line, (l, o) => CommandText.With(l, o, null));

    static string Set(string line, SearchDimension d, double value)
    {
        string option = Spelling.OptionOf(d.Setting)!, text = d.Change(value).Value!;
        return option.StartsWith("--set ", StringComparison.Ordinal) ? $"{line} --set {d.Name}={text}"
            : CommandText.With(line, option, text);
    }
}
