using System.Data.Common;
using Descent.Data;
using Descent.Fitting.Mixtures;

namespace Descent.Fitting;

// The door to mixtures.
public sealed partial class Fit
{
    /// <summary>
    /// A mixture of laws: several starts for every number of components, the best that is not degenerate, one number chosen.
    /// </summary>
    /// <param name="path">CSV, TSV, JSON lines, NPY or NPZ file, plain, .gz, .zst or .br.</param>
    /// <param name="components">Number of components, or the range to choose from.</param>
    /// <param name="features">Columns of numbers to use; null for all.</param>
    /// <param name="spec">Family, covariances, search; null for the defaults (normal laws, full covariances, 10 starts).</param>
    /// <param name="cancel">Ends the search within a step; what was reached is usable.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static FittedMixture Mixture(
        string path, ComponentRange components, IReadOnlyList<string>? features = null, MixtureSpec? spec = null,
            CancellationToken cancel = default) =>
        Mixture(new DataSpec([path]) { Features = features ?? [] }, (spec ?? new MixtureSpec()) with { Components = components }, cancel);

    /// <summary>A mixture of laws of the rows of a table.</summary>
    /// <param name="table">The data; it stays as it is.</param>
    /// <param name="components">Number of components, or the range to choose from.</param>
    /// <param name="features">Columns of numbers to use; null for all.</param>
    /// <param name="spec">Family, covariances, search; null for the defaults.</param>
    /// <param name="target">The column that regressions explain; null for other families.</param>
    /// <param name="cancel">Ends the search within a step; what was reached is usable.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">A column holds text or lacks a value; the place is said.</exception>
    public static FittedMixture Mixture(
        Table table, ComponentRange components, IReadOnlyList<string>? features = null, MixtureSpec? spec = null, string? target = null,
            CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        MixtureSpec asked = (spec ?? new MixtureSpec()) with { Components = components };
        DataSpec data = new([table.Source]) { Features = features ?? [], Target = target };
        asked.Checked(MixtureLoader.Faults(data, asked.Family));
        return new MixtureFitter(asked, MixtureLoader.Of(data, table.Copy(), asked.Family)).Run(cancel);
    }

    /// <summary>A mixture of laws of the rows of a query.</summary>
    /// <param name="reader">An open reader before its first row, of any database; it is read to its end and stays open.</param>
    /// <param name="components">Number of components, or the range to choose from.</param>
    /// <param name="features">Columns of numbers to use; null for all.</param>
    /// <param name="spec">Family, covariances, search; null for the defaults.</param>
    /// <param name="cancel">Ends the search within a step; what was reached is usable.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">The database ends the query, or a cell is not what was expected; the place is
    /// said.</exception>
    public static FittedMixture Mixture(
        DbDataReader reader, ComponentRange components, IReadOnlyList<string>? features = null, MixtureSpec? spec = null,
            CancellationToken cancel = default) =>
        Mixture(DataSpec.Of(ColumnOrigin.Of(reader)) with { Features = features ?? [] },
            (spec ?? new MixtureSpec()) with { Components = components }, cancel);

    /// <summary>A mixture of laws of the rows of a matrix.</summary>
    /// <param name="x">n × d values; they are copied.</param>
    /// <param name="components">Number of components, or the range to choose from.</param>
    /// <param name="spec">Family, covariances, search; null for the defaults.</param>
    /// <param name="names">Names of the d columns; null for x1 … xd.</param>
    /// <param name="cancel">Ends the search within a step; what was reached is usable.</param>
    /// <exception cref="FitException">Values are not finite, or what was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">A column is constant, or there is one row.</exception>
    public static FittedMixture Mixture(
        double[,] x, ComponentRange components, MixtureSpec? spec = null, IReadOnlyList<string>? names = null,
            CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        return OfArrays(x, null, components, spec, names, cancel);
    }

    /// <summary>A mixture of regressions of y on the columns of a matrix.</summary>
    /// <param name="x">n × d values; they are copied.</param>
    /// <param name="y">n targets; they are copied.</param>
    /// <param name="components">Number of components, or the range to choose from.</param>
    /// <param name="spec">Family, search; null for linear regressions.</param>
    /// <param name="names">Names of the d columns; null for x1 … xd.</param>
    /// <param name="cancel">Ends the search within a step; what was reached is usable.</param>
    /// <exception cref="FitException">Values are not finite, lengths differ, or what was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">A column is constant, or there are too few rows.</exception>
    public static FittedMixture Mixture(
        double[,] x, double[] y, ComponentRange components, MixtureSpec? spec = null, IReadOnlyList<string>? names = null,
            CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return OfArrays(x, y, components, spec ?? new MixtureSpec { Family = MixtureFamilies.Regression }, names, cancel);
    }

    /// <inheritdoc cref="Mixture(double[,], ComponentRange, MixtureSpec, IReadOnlyList{string}, CancellationToken)"/>
    public static FittedMixture Mixture(
        double[][] x, ComponentRange components, MixtureSpec? spec = null, IReadOnlyList<string>? names = null,
            CancellationToken cancel = default) =>
        Mixture(Flat(x), components, spec, names, cancel);

    /// <summary>A mixture of laws, with all that can be said of data and search.</summary>
    /// <exception cref="FitException">What was asked cannot be done; all faults at once.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static FittedMixture Mixture(DataSpec data, MixtureSpec spec, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(spec);
        spec.Checked(MixtureLoader.Faults(data, spec.Family));
        return new MixtureFitter(spec, MixtureLoader.Load(data, spec.Family)).Run(cancel);
    }

    static FittedMixture OfArrays(double[,] x, double[]? y, ComponentRange components, MixtureSpec? spec, IReadOnlyList<string>? names,
        CancellationToken cancel)
    {
        MixtureSpec asked = (spec ?? new MixtureSpec()) with { Components = components };
        string[] faults = asked.Family.HasTarget == (y is not null) ? []
            : [y is null ? $"a {asked.Family.Name} mixture explains a target; give y." : $"a {asked.Family.Name} mixture has no target."];
        return new MixtureFitter(asked.Checked(faults), MixtureLoader.OfArrays(x, names, y)).Run(cancel);
    }
}
