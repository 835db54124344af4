using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>The columns that an offset is made of: what is added to the margin of a row without a coefficient.</summary>
sealed record OffsetSource
{
    /// <summary>Column that is added as it is; null for none.</summary>
    public string? Column { get; init; }

    /// <summary>Column whose logarithm is added; null for none.</summary>
    public string? Exposure { get; init; }

    /// <summary>What a formula adds, as it writes it; null where none does. The formula itself makes the numbers.</summary>
    public string? Terms { get; init; }

    /// <summary>Whether the offsets were numbers given beside arrays, so that no file has them.</summary>
    public bool Given { get; init; }

    /// <summary>The columns that a table must have.</summary>
    public IEnumerable<string> Columns() => new[] { Column, Exposure }.OfType<string>().Distinct();

    /// <summary>The source that a request names; null where it names none.</summary>
    public static OffsetSource? Of(DataSpec spec) =>
        spec.Offset is null && spec.Exposure is null ? null : new OffsetSource { Column = spec.Offset, Exposure = spec.Exposure };

    /// <summary>The offsets of the rows of a table.</summary>
    /// <exception cref="DataException">A column is missing or text, or an exposure is not above 0; the place is said.</exception>
    public double[] Read(Table table)
    {
        if (Given) throw Absent(table.Source);
        double[] offsets = new double[table.RowCount];
        if (Column is { } name)
        {
            ReadOnlySpan<double> numbers = Numbers(table, name, "the offset");
            for (int i = 0; i < offsets.Length; i++) offsets[i] = numbers[i];
        }
        if (Exposure is not { } exposure) return offsets;
        ReadOnlySpan<double> exposures = Numbers(table, exposure, "the exposure");
        for (int i = 0; i < offsets.Length; i++)
        {
            if (!(exposures[i] > 0))
                throw new DataException($"{table.Place(i)}, column '{exposure}': found "
                    + $"{Text.Exact(exposures[i])}, expected "
                    + "an exposure above 0, for its logarithm is added to the margin. Leave the row out, or mend it.");
            offsets[i] += Math.Log(exposures[i]);
        }
        return offsets;
    }

    /// <summary>What is said where rows of a file have no offset to go with a model that was given its own.</summary>
    public static DataException Absent(string source) => new($"{source}: the model was fitted with offsets that were given as "
        + "numbers, which no file holds. Predict in a program, row by row with its offset.");

    static ReadOnlySpan<double> Numbers(Table table, string name, string what)
    {
        Column c = table.Find(name) ?? throw new DataException($"{table.Source}: has no column '{name}', which {what} of the "
            + $"model is. Its columns are {Text.Names(table.AllNames)}.");
        return !c.IsText ? c.Numbers : throw new DataException($"{table.Source}, column '{name}': holds text; expected the "
            + $"numbers of {what}.");
    }

    /// <inheritdoc/>
    public override string ToString() => (Column, Exposure) switch
    {
        _ when Given => "the offsets given",
        _ when Terms is not null => Terms,
        ({ } column, null) => column,
        (null, { } exposure) => $"log({exposure})",
        _ => $"{Column} + log({Exposure})",
    };
}
