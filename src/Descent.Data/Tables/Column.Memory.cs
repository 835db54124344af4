namespace Descent.Data;

// Columns of data that is in memory already, and copies.
public sealed partial class Column
{
    /// <summary>A column of numbers; NaN is a missing value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">One number a row; they are copied.</param>
    /// <exception cref="ArgumentException">A number is infinite.</exception>
    public static Column Of(string name, IReadOnlyList<double> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(values);
        Column c = new(name, isText: false) { numbers = values.ToArray(), count = values.Count };
        for (int i = 0; i < values.Count; i++)
            if (double.IsInfinity(values[i]))
                throw new ArgumentException(FormattableString.Invariant($"Column '{name}', row {i}: {values[i]} is no finite number."));
        c.Missing = values.Count(double.IsNaN);
        return c;
    }

    /// <summary>A column of texts, whose distinct ones are its levels.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">One text a row.</param>
    /// <exception cref="ArgumentException">A text is null.</exception>
    public static Column Of(string name, IReadOnlyList<string> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(values);
        Column c = new(name, isText: true) { codes = new int[values.Count], count = values.Count };
        for (int i = 0; i < values.Count; i++)
            c.codes[i] = c.CodeOf(values[i] ?? throw new ArgumentException($"Column '{name}', row {i}: the text is null."), i);
        return c;
    }

    /// <summary>Number of rows.</summary>
    internal int RowCount => count;

    /// <summary>The same rows in arrays of their own.</summary>
    internal Column Copy()
    {
        Column c = new(Name, Kind, IsFixed)
        {
            Aliases = Aliases,
            IsUnnamed = IsUnnamed,
            IsNeverFilled = IsNeverFilled,
            Missing = Missing,
            Policy = Policy,
            filled = (bool[]?)filled?.Clone(),
            numbers = numbers.Span(0, IsText ? 0 : count).ToArray(),
            codes = codes.Span(0, IsText ? count : 0).ToArray(),
            count = count,
        };
        foreach (string level in levels) c.CodeOf(level, 0);
        return c;
    }
}
