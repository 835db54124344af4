namespace Descent.Fitting.Formulas;

/// <summary>
/// What terms took from the rows that trained: means, knots, coefficients of recurrences, breaks, levels. With it new rows get the same
/// columns, whatever they hold themselves.
/// </summary>
sealed class Learned
{
    /// <summary>Numbers by the call that needs them and their own name.</summary>
    public Dictionary<string, Dictionary<string, double[]>> Numbers { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Levels by the factor, the reference first.</summary>
    public Dictionary<string, IReadOnlyList<string>> Levels { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The numbers of a call; learnt by the function where they are not there yet.</summary>
    public Dictionary<string, double[]> Of(string call, Func<Dictionary<string, double[]>> learn) =>
        Numbers.TryGetValue(call, out Dictionary<string, double[]>? known) ? known : Numbers[call] = learn();
}
