using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>What is said about reading, in words: assumptions, and everything that was not used.</summary>
static class ReadingNotes
{
    /// <summary>How a table was read, in one line.</summary>
    public static string HowRead(Table table) => table.Form is { } form ? $"{table.Source}: read as {form}"
        : table.Format == DataFormat.JsonLines ? $"{table.Source}: read as JSON lines, {table.Encoding.ToUpperInvariant()}"
        : $"{table.Source}: read as {(table.Separator == '\t' ? "TSV" : "CSV")}: separator {ReadingText.Name(table.Separator)}, "
        + $"{(table.HasHeader ? "names in the first row" : "no names")}, decimal {(table.DecimalSign == ',' ? "comma" : "point")}, "
        + $"{table.Encoding.ToUpperInvariant()}";

    /// <summary>What is left of a source, where its rows are numbered without those that were left out.</summary>
    public static string Rest(string source, int skipped) =>
        skipped == 0 ? source : $"{source} without the {Text.Plural(skipped, "row")} that {(skipped == 1 ? "was" : "were")} left out";

    /// <summary>Rows that were left out, counted; nothing when there are none.</summary>
    public static IEnumerable<string> Skipped(string source, int count, string? first)
    {
        if (count > 0) yield return $"{source}: {Text.Plural(count, "row")} left out; the first: {first}";
    }
}
