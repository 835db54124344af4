using Descent.Data.Files;

namespace Descent.Fitting.Design;

/// <summary>What a fit takes of the memory that the user allowed: said before it begins, and refused where it cannot be kept.</summary>
static class MemoryNote
{
    /// <summary>Numbers a row that a fit holds beside the rows: label, weight, margin, slope, residual, order and places.</summary>
    const int PerRow = 8;

    /// <summary>Numbers a parameter: weights, gradient, penalties, averages, what the certificate and the table need.</summary>
    const int PerParameter = 12;

    /// <summary>The data, with a word on where the rows lie when they go beyond the limit.</summary>
    /// <exception cref="Descent.Data.DataException">What has to be in memory goes beyond it.</exception>
    public static LoadedData Checked(LoadedData data)
    {
        if (!data.IsOutOfCore) return data;
        double parameters = (double)data.Columns * (data.Family.HasOutputs ? data.Classes!.Count : 1);
        double beside = (((double)data.Count * PerRow) + (parameters * PerParameter)) * sizeof(double);
        MemoryLimit.Require((Int128)beside + MemoryLimit.Program, $"{data.Source}: beside the rows, which lie in a file, a fit of "
            + $"{Text.Plural(data.Count, "row")}");
        return data with
        {
            Notes = [.. data.Notes, $"memory: the rows take {Text.Bytes(data.RowBytes)} and lie in a mapped file; labels, margins and "
            + $"weights take about "
            + $"{Text.Bytes(beside)}; the rest of the {Text.Bytes(MemoryLimit.Bytes)} that are allowed holds pages of the file"]
        };
    }
}
