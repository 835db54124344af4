using Descent.Data;

namespace Descent.Cli.Sources;

/// <summary>The forms of files with typed columns that the command line reads besides text and arrays.</summary>
static class KnownForms
{
    public static IReadOnlyList<IColumnForm> All { get; } =
    [
#if !TRIMMED
        ParquetForm.Instance,
#endif
        ArrowForm.Instance,
    ];

    /// <summary>How names of their files end.</summary>
    public static IReadOnlyList<string> Endings { get; } = [.. All.SelectMany(f => f.Endings)];
}
