using Descent.Data;
using Descent.Fitting.Design;
using Descent.Fitting.Families;

namespace Descent.Fitting;

// The doors of formulas: a family each, from a file or from a table.
public sealed partial class Fit
{
    /// <summary>Least squares: the mean of the target.</summary>
    /// <param name="path">CSV or TSV file, plain or .gz.</param>
    /// <param name="formula">Target and terms: a text as <c>Formula.Parse("y ~ a + b")</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the file, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Linear(string path, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Linear, path, formula, options);

    /// <summary>Least squares: the mean of the target.</summary>
    /// <param name="table">The data; it stays as it is.</param>
    /// <param name="formula">Target and terms, <c>"log(y) ~ log(x) + f"</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the table, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">A row has no number for a term; the place is said.</exception>
    public static Fit Linear(Table table, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Linear, table, formula, options);

    /// <summary>Logistic regression: the probability of one class of two; <c>C(y) = level ~ …</c> names the class.</summary>
    /// <param name="path">CSV or TSV file, plain or .gz.</param>
    /// <param name="formula">Target and terms: a text as <c>Formula.Parse("y ~ a + b")</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the file, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Logistic(string path, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Logistic, path, formula, options);

    /// <summary>Logistic regression: the probability of one class of two; <c>C(y) = level ~ …</c> names the class.</summary>
    /// <param name="table">The data; it stays as it is.</param>
    /// <param name="formula">Target and terms, <c>"log(y) ~ log(x) + f"</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the table, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">A row has no number for a term; the place is said.</exception>
    public static Fit Logistic(Table table, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Logistic, table, formula, options);

    /// <summary>Multinomial regression over all classes of the target.</summary>
    /// <param name="path">CSV or TSV file, plain or .gz.</param>
    /// <param name="formula">Target and terms: a text as <c>Formula.Parse("y ~ a + b")</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the file, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Softmax(string path, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Softmax, path, formula, options);

    /// <summary>Multinomial regression over all classes of the target.</summary>
    /// <param name="table">The data; it stays as it is.</param>
    /// <param name="formula">Target and terms, <c>"log(y) ~ log(x) + f"</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the table, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">A row has no number for a term; the place is said.</exception>
    public static Fit Softmax(Table table, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Softmax, table, formula, options);

    /// <summary>Poisson regression with log link: the mean of a count, or of a rate with <c>offset(log(exposure))</c>.</summary>
    /// <param name="path">CSV or TSV file, plain or .gz.</param>
    /// <param name="formula">Target and terms: a text as <c>Formula.Parse("y ~ a + b")</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the file, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Poisson(string path, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Poisson, path, formula, options);

    /// <summary>Poisson regression with log link: the mean of a count, or of a rate with <c>offset(log(exposure))</c>.</summary>
    /// <param name="table">The data; it stays as it is.</param>
    /// <param name="formula">Target and terms, <c>"log(y) ~ log(x) + f"</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the table, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">A row has no number for a term; the place is said.</exception>
    public static Fit Poisson(Table table, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Poisson, table, formula, options);

    /// <summary>Huber's robust regression with threshold <see cref="FitOptions.Threshold"/>.</summary>
    /// <param name="path">CSV or TSV file, plain or .gz.</param>
    /// <param name="formula">Target and terms: a text as <c>Formula.Parse("y ~ a + b")</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the file, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Huber(string path, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Huber, path, formula, options);

    /// <summary>Huber's robust regression with threshold <see cref="FitOptions.Threshold"/>.</summary>
    /// <param name="table">The data; it stays as it is.</param>
    /// <param name="formula">Target and terms, <c>"log(y) ~ log(x) + f"</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the table, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">A row has no number for a term; the place is said.</exception>
    public static Fit Huber(Table table, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Huber, table, formula, options);

    /// <summary>Least absolute deviations: the median of the target.</summary>
    /// <param name="path">CSV or TSV file, plain or .gz.</param>
    /// <param name="formula">Target and terms: a text as <c>Formula.Parse("y ~ a + b")</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the file, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Absolute(string path, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Absolute, path, formula, options);

    /// <summary>Least absolute deviations: the median of the target.</summary>
    /// <param name="table">The data; it stays as it is.</param>
    /// <param name="formula">Target and terms, <c>"log(y) ~ log(x) + f"</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the table, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">A row has no number for a term; the place is said.</exception>
    public static Fit Absolute(Table table, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Absolute, table, formula, options);

    /// <summary>Quantile regression at <see cref="FitOptions.Quantile"/>.</summary>
    /// <param name="path">CSV or TSV file, plain or .gz.</param>
    /// <param name="formula">Target and terms: a text as <c>Formula.Parse("y ~ a + b")</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the file, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Quantile(string path, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Quantile, path, formula, options);

    /// <summary>Quantile regression at <see cref="FitOptions.Quantile"/>.</summary>
    /// <param name="table">The data; it stays as it is.</param>
    /// <param name="formula">Target and terms, <c>"log(y) ~ log(x) + f"</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the table, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">A row has no number for a term; the place is said.</exception>
    public static Fit Quantile(Table table, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Quantile, table, formula, options);

    /// <summary>The support-vector machine (hinge loss): the side of a plane.</summary>
    /// <param name="path">CSV or TSV file, plain or .gz.</param>
    /// <param name="formula">Target and terms: a text as <c>Formula.Parse("y ~ a + b")</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the file, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">The data is not what was expected; the place is said.</exception>
    public static Fit SupportVector(string path, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Hinge, path, formula, options);

    /// <summary>The support-vector machine (hinge loss): the side of a plane.</summary>
    /// <param name="table">The data; it stays as it is.</param>
    /// <param name="formula">Target and terms, <c>"log(y) ~ log(x) + f"</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the table, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">A row has no number for a term; the place is said.</exception>
    public static Fit SupportVector(Table table, Formula formula, FitOptions? options = null) =>
        Of(ModelFamilies.Hinge, table, formula, options);

    /// <summary>Any family of models, one of one's own as well.</summary>
    /// <param name="family"><see cref="ModelFamilies"/> has those that are known.</param>
    /// <param name="path">CSV or TSV file, plain or .gz.</param>
    /// <param name="formula">Target and terms: a text as <c>Formula.Parse("y ~ a + b")</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the file, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Of(ModelFamily family, string path, Formula formula, FitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(formula);
        return Of((options ?? new FitOptions()).Of(new DataSpec([path]) { Formula = formula }, family));
    }

    /// <summary>Any family of models, one of one's own as well.</summary>
    /// <param name="family"><see cref="ModelFamilies"/> has those that are known.</param>
    /// <param name="table">The data; it stays as it is.</param>
    /// <param name="formula">Target and terms, <c>"log(y) ~ log(x) + f"</c>, or <see cref="Formula.Of"/>.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">The formula does not fit the table, or what was asked cannot be done.</exception>
    /// <exception cref="DataException">A row has no number for a term; the place is said.</exception>
    public static Fit Of(ModelFamily family, Table table, Formula formula, FitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(formula);
        FitSpec spec = (options ?? new FitOptions()).Of(new DataSpec([table.Source]) { Formula = formula }, family).Checked();
        Table own = table.Copy();
        LeaveMissingOut(own, spec.Data);
        return Run(spec, TableLoader.Of(spec, new ColumnChoice(spec.Data), own, []), null, default);
    }

    // What a file's reader does: rows without a value in a column that is needed go, where that is asked for.
    static void LeaveMissingOut(Table table, DataSpec data)
    {
        bool[] stays = new bool[table.RowCount];
        Array.Fill(stays, true);
        Formula formula = data.Formula!;
        IEnumerable<Column> needed = formula.HasDot ? table.Columns
            : formula.LeftNames.Concat(formula.RightNames).Select(table.Find).OfType<Column>();
        foreach (Column c in needed.Where(c => !c.IsText && data.RuleOf(c.Aliases).Policy == MissingPolicy.Skip))
            for (int i = 0; i < stays.Length; i++) stays[i] &= !double.IsNaN(c.Numbers[i]);
        if (stays.Contains(true) && stays.Contains(false)) table.Keep(stays);
    }
}
