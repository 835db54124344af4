using Descent.Cli.Output;
using Descent.Data;

namespace Descent.Cli.Fitting;

/// <summary>What is said on the error stream about reading: assumptions, and everything that was not used.</summary>
static class ReadingNotes
{
    /// <summary>Writes the notes, whatever else is printed or kept quiet.</summary>
    public static void Say(IEnumerable<string> notes)
    {
        foreach (string note in notes) Console.Error.WriteLine("descent: " + note);
    }

    /// <summary>How a table was read, in one line.</summary>
    public static string HowRead(Table table) =>
        $"{table.Source}: read as {(table.Separator == '\t' ? "TSV" : "CSV")}: separator {ReadingText.Name(table.Separator)}, {(table.HasHeader ? "names in the first row" : "no names")}, decimal {(table.DecimalSign == ',' ? "comma" : "point")}, {table.Encoding.ToUpperInvariant()}";

    /// <summary>Rows that were left out, counted; nothing when there are none.</summary>
    public static IEnumerable<string> Skipped(string source, int count, string? first)
    {
        if (count > 0) yield return $"{source}: {Text.Plural(count, "row")} left out; the first: {first}";
    }
}
