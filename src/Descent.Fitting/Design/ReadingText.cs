using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>How data is read, in words.</summary>
static class ReadingText
{
    /// <summary>A form of files by its name in a model file; null for none.</summary>
    public static DataFormat? Format(string? name) => name switch
    {
        null => null,
        "csv" => DataFormat.Csv,
        "libsvm" => DataFormat.Libsvm,
        "idx" => DataFormat.Idx,
        "vw" => DataFormat.Vw,
        "jsonl" => DataFormat.JsonLines,
        "npy" => DataFormat.Npy,
        _ => throw new DataException($"the form of the data is '{name}'; expected csv, jsonl, libsvm, vw, idx or npy."),
    };

    /// <summary>The separator in words.</summary>
    public static string Name(char separator) => separator switch
    {
        '\t' => "tab",
        ' ' => "blank",
        _ => $"'{separator}'",
    };
}
