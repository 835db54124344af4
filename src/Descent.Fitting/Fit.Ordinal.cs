using Descent.Data;
using Descent.Fitting.Families;

namespace Descent.Fitting;

// The doors of classes in order.
public sealed partial class Fit
{
    /// <summary>
    /// Proportional odds: classes in order, whose levels are <see cref="FitOptions.TargetLevels"/>, or numbers in their own order.
    /// </summary>
    /// <param name="path">CSV or TSV file, plain, .gz, .zst or .br.</param>
    /// <param name="target">Target column.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">The order of the levels, penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Ordinal(string path, string target, IReadOnlyList<string>? features = null, FitOptions? options = null) =>
        OfFile(ModelFamilies.Ordinal, path, target, features, options);

    /// <summary>
    /// Proportional odds: classes in order, whose levels are <see cref="FitOptions.TargetLevels"/>, or numbers in their own order.
    /// </summary>
    /// <param name="path">CSV or TSV file, plain, .gz, .zst or .br.</param>
    /// <param name="formula">Target and terms: a text as <c>Formula.Parse("y ~ a + b")</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">The order of the levels, penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the file, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Ordinal(string path, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Ordinal, path, formula, options);

    /// <summary>
    /// Proportional odds: classes in order, whose levels are <see cref="FitOptions.TargetLevels"/>, or numbers in their own order.
    /// </summary>
    /// <param name="table">The data; it stays as it is.</param>
    /// <param name="formula">Target and terms, <c>"y ~ log(x) + f"</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">The order of the levels, penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the table, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">A row has no number for a term; the place is said.</exception>
    public static Fit Ordinal(Table table, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Ordinal, table, formula, options);

    /// <summary>Proportional odds: classes in order, numbers that are each other's neighbours.</summary>
    /// <param name="x">n × d values; they are copied.</param>
    /// <param name="y">n classes, in the order of their numbers.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <param name="names">Names of the d columns; null for x1 … xd.</param>
    /// <exception cref="FitException">Lengths differ, values are not finite, or what was asked cannot be done.</exception>
    public static Fit Ordinal(double[,] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Ordinal, x, y, options, names);
}
