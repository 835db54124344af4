namespace Descent.Data;

/// <summary>What happens to rows with a missing value in a column that is used.</summary>
public enum MissingPolicy
{
    /// <summary>The first one is an error.</summary>
    Fail,

    /// <summary>The row is left out and counted.</summary>
    Skip,

    /// <summary>The column's mean takes its place (numbers); in text columns missing is a level of its own.</summary>
    Mean,

    /// <summary>It stays: NaN in columns of numbers, the level “(missing)” in text columns.</summary>
    Keep,

    /// <summary>
    /// The column's median takes its place (numbers), the mean of the two in the middle of an even number of values; in text columns
    /// missing is a level of its own.
    /// </summary>
    Median,

    /// <summary>The most frequent value or text takes its place; of several the smallest, or the first in order.</summary>
    Mode,
}
