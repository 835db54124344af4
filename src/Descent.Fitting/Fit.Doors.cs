using Descent.Fitting.Design;
using Descent.Fitting.Families;

namespace Descent.Fitting;

// The three-line doors: a family each, from a file or from arrays.
public sealed partial class Fit
{
    /// <summary>Least squares: the mean of a target of numbers.</summary>
    /// <param name="path">CSV, TSV or LIBSVM file, plain, .gz, .zst or .br.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL; null for LIBSVM.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Linear(string path, string? target = null, IReadOnlyList<string>? features = null, FitOptions? options = null) =>
        OfFile(ModelFamilies.Linear, path, target, features, options);

    /// <summary>Least squares: the mean of a target of numbers.</summary>
    /// <param name="x">n × d values; they are copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <param name="names">Names of the d columns; null for x1 … xd.</param>
    /// <exception cref="FitException">Lengths differ, values are not finite, or what was asked cannot be done.</exception>
    public static Fit Linear(double[,] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Linear, x, y, options, names);

    /// <inheritdoc cref="Linear(double[,], ReadOnlySpan{double}, FitOptions, IReadOnlyList{string})"/>
    public static Fit Linear(double[][] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Linear, Flat(x), y, options, names);

    /// <summary>Least squares: the mean of a target of numbers.</summary>
    /// <param name="rows">n sparse rows; they are not copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">Lengths differ, or what was asked cannot be done.</exception>
    public static Fit Linear(CsrRows<double> rows, ReadOnlySpan<double> y, FitOptions? options = null) =>
        OfRows(ModelFamilies.Linear, rows, y, options);

    /// <summary>
    /// Logistic regression: the probability of one class of two; a target of text or several classes is given as COLUMN=LEVEL.
    /// </summary>
    /// <param name="path">CSV, TSV or LIBSVM file, plain, .gz, .zst or .br.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL; null for LIBSVM.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Logistic(string path, string? target = null, IReadOnlyList<string>? features = null, FitOptions? options = null) =>
        OfFile(ModelFamilies.Logistic, path, target, features, options);

    /// <summary>
    /// Logistic regression: the probability of one class of two; a target of text or several classes is given as COLUMN=LEVEL.
    /// </summary>
    /// <param name="x">n × d values; they are copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <param name="names">Names of the d columns; null for x1 … xd.</param>
    /// <exception cref="FitException">Lengths differ, values are not finite, or what was asked cannot be done.</exception>
    public static Fit Logistic(double[,] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Logistic, x, y, options, names);

    /// <inheritdoc cref="Logistic(double[,], ReadOnlySpan{double}, FitOptions, IReadOnlyList{string})"/>
    public static Fit Logistic(double[][] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Logistic, Flat(x), y, options, names);

    /// <summary>
    /// Logistic regression: the probability of one class of two; a target of text or several classes is given as COLUMN=LEVEL.
    /// </summary>
    /// <param name="rows">n sparse rows; they are not copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">Lengths differ, or what was asked cannot be done.</exception>
    public static Fit Logistic(CsrRows<double> rows, ReadOnlySpan<double> y, FitOptions? options = null) =>
        OfRows(ModelFamilies.Logistic, rows, y, options);

    /// <summary>Multinomial regression over all classes of a target.</summary>
    /// <param name="path">CSV, TSV or LIBSVM file, plain, .gz, .zst or .br.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL; null for LIBSVM.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Softmax(string path, string? target = null, IReadOnlyList<string>? features = null, FitOptions? options = null) =>
        OfFile(ModelFamilies.Softmax, path, target, features, options);

    /// <summary>Multinomial regression over all classes of a target.</summary>
    /// <param name="x">n × d values; they are copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <param name="names">Names of the d columns; null for x1 … xd.</param>
    /// <exception cref="FitException">Lengths differ, values are not finite, or what was asked cannot be done.</exception>
    public static Fit Softmax(double[,] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Softmax, x, y, options, names);

    /// <inheritdoc cref="Softmax(double[,], ReadOnlySpan{double}, FitOptions, IReadOnlyList{string})"/>
    public static Fit Softmax(double[][] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Softmax, Flat(x), y, options, names);

    /// <summary>Multinomial regression over all classes of a target.</summary>
    /// <param name="rows">n sparse rows; they are not copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">Lengths differ, or what was asked cannot be done.</exception>
    public static Fit Softmax(CsrRows<double> rows, ReadOnlySpan<double> y, FitOptions? options = null) =>
        OfRows(ModelFamilies.Softmax, rows, y, options);

    /// <summary>Poisson regression with log link: the mean of a count.</summary>
    /// <param name="path">CSV, TSV or LIBSVM file, plain, .gz, .zst or .br.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL; null for LIBSVM.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Poisson(string path, string? target = null, IReadOnlyList<string>? features = null, FitOptions? options = null) =>
        OfFile(ModelFamilies.Poisson, path, target, features, options);

    /// <summary>Poisson regression with log link: the mean of a count.</summary>
    /// <param name="x">n × d values; they are copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <param name="names">Names of the d columns; null for x1 … xd.</param>
    /// <exception cref="FitException">Lengths differ, values are not finite, or what was asked cannot be done.</exception>
    public static Fit Poisson(double[,] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Poisson, x, y, options, names);

    /// <inheritdoc cref="Poisson(double[,], ReadOnlySpan{double}, FitOptions, IReadOnlyList{string})"/>
    public static Fit Poisson(double[][] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Poisson, Flat(x), y, options, names);

    /// <summary>Poisson regression with log link: the mean of a count.</summary>
    /// <param name="rows">n sparse rows; they are not copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">Lengths differ, or what was asked cannot be done.</exception>
    public static Fit Poisson(CsrRows<double> rows, ReadOnlySpan<double> y, FitOptions? options = null) =>
        OfRows(ModelFamilies.Poisson, rows, y, options);

    /// <summary>Huber's robust regression with threshold <see cref="FitOptions.Threshold"/>.</summary>
    /// <param name="path">CSV, TSV or LIBSVM file, plain, .gz, .zst or .br.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL; null for LIBSVM.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Huber(string path, string? target = null, IReadOnlyList<string>? features = null, FitOptions? options = null) =>
        OfFile(ModelFamilies.Huber, path, target, features, options);

    /// <summary>Huber's robust regression with threshold <see cref="FitOptions.Threshold"/>.</summary>
    /// <param name="x">n × d values; they are copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <param name="names">Names of the d columns; null for x1 … xd.</param>
    /// <exception cref="FitException">Lengths differ, values are not finite, or what was asked cannot be done.</exception>
    public static Fit Huber(double[,] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Huber, x, y, options, names);

    /// <inheritdoc cref="Huber(double[,], ReadOnlySpan{double}, FitOptions, IReadOnlyList{string})"/>
    public static Fit Huber(double[][] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Huber, Flat(x), y, options, names);

    /// <summary>Huber's robust regression with threshold <see cref="FitOptions.Threshold"/>.</summary>
    /// <param name="rows">n sparse rows; they are not copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">Lengths differ, or what was asked cannot be done.</exception>
    public static Fit Huber(CsrRows<double> rows, ReadOnlySpan<double> y, FitOptions? options = null) =>
        OfRows(ModelFamilies.Huber, rows, y, options);

    /// <summary>Least absolute deviations: the median of a target.</summary>
    /// <param name="path">CSV, TSV or LIBSVM file, plain, .gz, .zst or .br.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL; null for LIBSVM.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Absolute(string path, string? target = null, IReadOnlyList<string>? features = null, FitOptions? options = null) =>
        OfFile(ModelFamilies.Absolute, path, target, features, options);

    /// <summary>Least absolute deviations: the median of a target.</summary>
    /// <param name="x">n × d values; they are copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <param name="names">Names of the d columns; null for x1 … xd.</param>
    /// <exception cref="FitException">Lengths differ, values are not finite, or what was asked cannot be done.</exception>
    public static Fit Absolute(double[,] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Absolute, x, y, options, names);

    /// <inheritdoc cref="Absolute(double[,], ReadOnlySpan{double}, FitOptions, IReadOnlyList{string})"/>
    public static Fit Absolute(double[][] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Absolute, Flat(x), y, options, names);

    /// <summary>Least absolute deviations: the median of a target.</summary>
    /// <param name="rows">n sparse rows; they are not copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">Lengths differ, or what was asked cannot be done.</exception>
    public static Fit Absolute(CsrRows<double> rows, ReadOnlySpan<double> y, FitOptions? options = null) =>
        OfRows(ModelFamilies.Absolute, rows, y, options);

    /// <summary>Quantile regression at <see cref="FitOptions.Quantile"/>.</summary>
    /// <param name="path">CSV, TSV or LIBSVM file, plain, .gz, .zst or .br.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL; null for LIBSVM.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static Fit Quantile(string path, string? target = null, IReadOnlyList<string>? features = null, FitOptions? options = null) =>
        OfFile(ModelFamilies.Quantile, path, target, features, options);

    /// <summary>Quantile regression at <see cref="FitOptions.Quantile"/>.</summary>
    /// <param name="x">n × d values; they are copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <param name="names">Names of the d columns; null for x1 … xd.</param>
    /// <exception cref="FitException">Lengths differ, values are not finite, or what was asked cannot be done.</exception>
    public static Fit Quantile(double[,] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Quantile, x, y, options, names);

    /// <inheritdoc cref="Quantile(double[,], ReadOnlySpan{double}, FitOptions, IReadOnlyList{string})"/>
    public static Fit Quantile(double[][] x, ReadOnlySpan<double> y, FitOptions? options = null, IReadOnlyList<string>? names = null) =>
        OfArrays(ModelFamilies.Quantile, Flat(x), y, options, names);

    /// <summary>Quantile regression at <see cref="FitOptions.Quantile"/>.</summary>
    /// <param name="rows">n sparse rows; they are not copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">Lengths differ, or what was asked cannot be done.</exception>
    public static Fit Quantile(CsrRows<double> rows, ReadOnlySpan<double> y, FitOptions? options = null) =>
        OfRows(ModelFamilies.Quantile, rows, y, options);

    /// <summary>The support-vector machine (hinge loss): the side of a plane.</summary>
    /// <param name="path">CSV, TSV or LIBSVM file, plain, .gz, .zst or .br.</param>
    /// <param name="target">Target column, or COLUMN=LEVEL; null for LIBSVM.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static Fit SupportVector(string path, string? target = null, IReadOnlyList<string>? features = null,
        FitOptions? options = null) =>
        OfFile(ModelFamilies.Hinge, path, target, features, options);

    /// <summary>The support-vector machine (hinge loss): the side of a plane.</summary>
    /// <param name="x">n × d values; they are copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <param name="names">Names of the d columns; null for x1 … xd.</param>
    /// <exception cref="FitException">Lengths differ, values are not finite, or what was asked cannot be done.</exception>
    public static Fit SupportVector(double[,] x, ReadOnlySpan<double> y, FitOptions? options = null,
        IReadOnlyList<string>? names = null) => OfArrays(ModelFamilies.Hinge, x, y, options, names);

    /// <inheritdoc cref="SupportVector(double[,], ReadOnlySpan{double}, FitOptions, IReadOnlyList{string})"/>
    public static Fit SupportVector(double[][] x, ReadOnlySpan<double> y, FitOptions? options = null,
        IReadOnlyList<string>? names = null) => OfArrays(ModelFamilies.Hinge, Flat(x), y, options, names);

    /// <summary>The support-vector machine (hinge loss): the side of a plane.</summary>
    /// <param name="rows">n sparse rows; they are not copied.</param>
    /// <param name="y">n values of the target.</param>
    /// <param name="options">Penalties, method, budget; null for the defaults.</param>
    /// <exception cref="FitException">Lengths differ, or what was asked cannot be done.</exception>
    public static Fit SupportVector(CsrRows<double> rows, ReadOnlySpan<double> y, FitOptions? options = null) =>
        OfRows(ModelFamilies.Hinge, rows, y, options);

    /// <summary>
    /// A network that tells classes apart: softmax cross-entropy, in single precision. Not convex: nothing bounds its gap, and the
    /// certificate says so.
    /// </summary>
    /// <param name="path">CSV, TSV, LIBSVM, IDX or NPY file, plain, .gz, .zst or .br.</param>
    /// <param name="network">Its layers.</param>
    /// <param name="target">Target column; null for LIBSVM.</param>
    /// <param name="features">Columns to use; null for all others.</param>
    /// <param name="options">L2 penalty, method, budget; null for the defaults (Adam, 10 epochs).</param>
    /// <exception cref="FitException">What was asked cannot be done.</exception>
    /// <exception cref="Data.DataException">The data is not what was expected; the place is said.</exception>
    public static Fit NetworkClassifier(string path, NetworkSpec network, string? target = null, IReadOnlyList<string>? features = null,
        FitOptions? options = null) =>
        OfFile(ModelFamilies.Softmax, path, target, features, options, network);

    /// <summary>
    /// A network for numbers: half the squared error, in single precision. Not convex: nothing bounds its gap, and the certificate
    /// says so.
    /// </summary>
    /// <inheritdoc cref="NetworkClassifier(string, NetworkSpec, string?, IReadOnlyList{string}?, FitOptions?)"/>
    public static Fit NetworkRegressor(string path, NetworkSpec network, string? target = null, IReadOnlyList<string>? features = null,
        FitOptions? options = null) =>
        OfFile(ModelFamilies.Linear, path, target, features, options, network);

    static Fit OfFile(ModelFamily family, string path, string? target, IReadOnlyList<string>? features, FitOptions? options,
        NetworkSpec? network = null) =>
        OfData(family, new DataSpec([path]) { Target = target, Features = features ?? [] }, options, network);

    static Fit OfData(ModelFamily family, DataSpec data, FitOptions? options, NetworkSpec? network = null)
    {
        if (options?.Offsets is not null)
            throw new FitException("FitOptions.Offsets are numbers for rows given as arrays; in a file an offset is a column: "
                + "`Offset` or `Exposure`.");
        FitSpec spec = (options ?? new FitOptions()).Of(data, family);
        return Of(network is null ? spec : spec with { Model = spec.Model with { Network = network } });
    }
}
