namespace Descent.Data;

// Missing values, and what takes their place.
public sealed partial class Column
{
    // The rows whose value was filled in; null for none.
    bool[]? filled;

    /// <summary>What happens to a missing value while rows are read.</summary>
    internal MissingPolicy Policy { get; init; }

    /// <summary>Whether some value was filled in.</summary>
    internal bool HasFilled => filled is not null;

    /// <summary>Whether the value of a row is missing, or was before it was filled in.</summary>
    internal bool IsMissing(int row) => filled?[row] == true
        || (IsText ? levels[codes[row]] == MissingLevel : double.IsNaN(numbers[row]));

    /// <summary>Puts a number in the place of every missing one (NaN).</summary>
    /// <returns>How many there were.</returns>
    public int FillMissing(double value)
    {
        if (IsText) throw new InvalidOperationException($"Column '{Name}' holds text.");
        int found = Mark();
        Refill(value);
        return found;
    }

    /// <summary>Puts a text in the place of every missing one; the level of missing texts goes.</summary>
    /// <returns>How many there were.</returns>
    internal int FillMissing(string level)
    {
        int found = Mark();
        if (found == 0) return 0;
        Refill(level);
        KeepLevels(l => l);
        return found;
    }

    /// <summary>Puts another number where one was filled in.</summary>
    internal void Refill(double value)
    {
        if (filled is null) return;
        Own();
        for (int i = 0; i < count; i++)
            if (filled[i]) numbers[i] = value;
    }

    /// <summary>Puts another text where one was filled in.</summary>
    internal void Refill(string level)
    {
        if (filled is null) return;
        Own();
        int code = levels.IndexOf(level);
        if (code < 0)
        {
            levels.Add(level);
            code = index[level] = levels.Count - 1;
        }
        for (int i = 0; i < count; i++)
            if (filled[i]) codes[i] = code;
    }

    // Remembers which rows have no value, beside those that are remembered already.
    int Mark()
    {
        int found = 0;
        for (int i = 0; i < count; i++)
        {
            if (IsText ? levels[codes[i]] != MissingLevel : !double.IsNaN(numbers[i])) continue;
            (filled ??= new bool[count])[i] = true;
            found++;
        }
        return found;
    }
}
