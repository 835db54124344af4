namespace Descent.Fitting.Design;

/// <summary>Missing values of a column that were filled in.</summary>
/// <param name="Column">The column.</param>
/// <param name="Count">How many.</param>
/// <param name="With">What took their place, in words.</param>
readonly record struct FilledValues(string Column, int Count, string With)
{
    /// <summary>What is said of it.</summary>
    public string Note(string source) => $"{source}, column '{Column}': {Text.Plural(Count, "missing value")} filled in with the {With}";
}
