using System.Data.Common;
using Descent.Data;
using Descent.Fitting.Families;

namespace Descent.Fitting;

// The doors of databases: a family each, from the rows of a query.
public sealed partial class Fit
{
    /// <summary>Least squares: the mean of the target.</summary>
    /// <param name="reader">An open reader before its first row, of any database; it is read to its end and stays open.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL for one level against the rest.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="DataException">The database ends the query, or a cell is not what was expected; the place is said.</exception>
    public static Fit Linear(DbDataReader reader, string target, IReadOnlyList<string>? features = null,
        FitOptions? options = null) => OfReader(ModelFamilies.Linear, reader, target, features, options);

    /// <summary>Logistic regression: the probability of one class of two; several classes are given as COLUMN=LEVEL.</summary>
    /// <param name="reader">An open reader before its first row, of any database; it is read to its end and stays open.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL for one level against the rest.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="DataException">The database ends the query, or a cell is not what was expected; the place is said.</exception>
    public static Fit Logistic(DbDataReader reader, string target, IReadOnlyList<string>? features = null,
        FitOptions? options = null) => OfReader(ModelFamilies.Logistic, reader, target, features, options);

    /// <summary>Multinomial regression over all classes of the target.</summary>
    /// <param name="reader">An open reader before its first row, of any database; it is read to its end and stays open.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL for one level against the rest.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="DataException">The database ends the query, or a cell is not what was expected; the place is said.</exception>
    public static Fit Softmax(DbDataReader reader, string target, IReadOnlyList<string>? features = null,
        FitOptions? options = null) => OfReader(ModelFamilies.Softmax, reader, target, features, options);

    /// <summary>Poisson regression with log link: the mean of a count.</summary>
    /// <param name="reader">An open reader before its first row, of any database; it is read to its end and stays open.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL for one level against the rest.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="DataException">The database ends the query, or a cell is not what was expected; the place is said.</exception>
    public static Fit Poisson(DbDataReader reader, string target, IReadOnlyList<string>? features = null,
        FitOptions? options = null) => OfReader(ModelFamilies.Poisson, reader, target, features, options);

    /// <summary>Huber's robust regression with threshold <see cref="FitOptions.Threshold"/>.</summary>
    /// <param name="reader">An open reader before its first row, of any database; it is read to its end and stays open.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL for one level against the rest.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="DataException">The database ends the query, or a cell is not what was expected; the place is said.</exception>
    public static Fit Huber(DbDataReader reader, string target, IReadOnlyList<string>? features = null,
        FitOptions? options = null) => OfReader(ModelFamilies.Huber, reader, target, features, options);

    /// <summary>Least absolute deviations: the median of the target.</summary>
    /// <param name="reader">An open reader before its first row, of any database; it is read to its end and stays open.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL for one level against the rest.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="DataException">The database ends the query, or a cell is not what was expected; the place is said.</exception>
    public static Fit Absolute(DbDataReader reader, string target, IReadOnlyList<string>? features = null,
        FitOptions? options = null) => OfReader(ModelFamilies.Absolute, reader, target, features, options);

    /// <summary>Quantile regression at <see cref="FitOptions.Quantile"/>.</summary>
    /// <param name="reader">An open reader before its first row, of any database; it is read to its end and stays open.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL for one level against the rest.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="DataException">The database ends the query, or a cell is not what was expected; the place is said.</exception>
    public static Fit Quantile(DbDataReader reader, string target, IReadOnlyList<string>? features = null,
        FitOptions? options = null) => OfReader(ModelFamilies.Quantile, reader, target, features, options);

    /// <summary>The support-vector machine (hinge loss): the side of a plane.</summary>
    /// <param name="reader">An open reader before its first row, of any database; it is read to its end and stays open.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL for one level against the rest.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="DataException">The database ends the query, or a cell is not what was expected; the place is said.</exception>
    public static Fit SupportVector(DbDataReader reader, string target, IReadOnlyList<string>? features = null,
        FitOptions? options = null) => OfReader(ModelFamilies.Hinge, reader, target, features, options);

    static Fit OfReader(ModelFamily family, DbDataReader reader, string target, IReadOnlyList<string>? features, FitOptions? options) =>
        OfData(family, DataSpec.Of(ColumnOrigin.Of(reader)) with { Target = target, Features = features ?? [] }, options);
}
