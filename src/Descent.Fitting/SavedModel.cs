using Descent.Data.Files;
using Descent.Fitting.Export;
using Descent.Fitting.Words;
using Descent.Fitting.Families;
using Descent.Fitting.Fits;
using Descent.Fitting.ModelFiles;

namespace Descent.Fitting;

/// <summary>A fitted model as its file holds it: what predictions need and nothing else. Safe for several threads.</summary>
public sealed class SavedModel
{
    readonly ModelFile file;
    readonly double[] parameters;
    readonly float[]? network;
    readonly int outputs;
    readonly Func<string, IModelFiles> files;

    /// <summary>A model from its file, with the weights of a network and the files that it is saved in.</summary>
    internal SavedModel(ModelFile file, ModelFamily family, float[]? network, Func<string, IModelFiles> files)
    {
        (this.file, this.network, this.files) = (file, network, files);
        parameters = file.Flat;
        outputs = network is null ? file.Weights.Length : file.Network!.Build().Outputs;
        Family = family;
    }

    /// <summary>The family.</summary>
    public ModelFamily Family { get; }

    /// <summary>Name of the target.</summary>
    public string Target => file.Target;

    /// <summary>Names of the classes, in the order of their numbers; empty for numbers.</summary>
    public IReadOnlyList<string> Classes => file.Classes ?? [];

    /// <summary>Names of the d features, in the order that rows are given in.</summary>
    public IReadOnlyList<string> Features =>
        [.. file.Features.Select(f => f.Index is { } i ? $"x{i + 1}" : f.Level is { } level ? $"{f.Column}={level}"
            : f.Hash is { } hash ? $"{f.Column}#{hash}" : f.Column ?? f.Name)];

    /// <summary>What is added to the margin without a coefficient, as <c>log(exposure)</c>; null for nothing. The rows of a file must
    /// have its columns; a row of features alone is predicted at the offset 0, that is, for one unit of exposure.</summary>
    public string? Offset => file.Offset?.ToString();

    int Outputs => outputs;

    /// <summary>Reads a model file and checks all that it holds.</summary>
    /// <exception cref="Data.DataException">Missing, not a model, or damaged.</exception>
    public static SavedModel Load(string path)
    {
        ModelFile file = ModelFile.Load(path);
        float[]? network = file.Network?.Load(path);
        return new SavedModel(file, ModelFamilies.Of(file.Model), network, name => network is null ? new OneModelFile(file)
            : new NetworkFiles(file, network, name));
    }

    /// <summary>
    /// Writes the model: a random name in the same folder, flushed, renamed. The weights of a network lie beside it in a file of their
    /// own.
    /// </summary>
    public void Save(string path) => files(Path.GetFileName(path)).Save(Destination.Files, path);

    /// <summary>
    /// The prediction for one row: E(y | x) or the quantile; the probability of the second class of two; the margin of a support-vector
    /// machine; the class number of several.
    /// </summary>
    /// <param name="row">d values, in the order of <see cref="Features"/>.</param>
    /// <exception cref="FitException">The row has another length.</exception>
    public double Predict(ReadOnlySpan<double> row)
    {
        Span<double> z = stackalloc double[0];
        z = Outputs <= 64 ? stackalloc double[Outputs] : new double[Outputs];
        Margins(row, z);
        return Family.Predicted(z, file.HasReferenceClass);
    }

    /// <summary>The same with an offset: what is added to the margin without a coefficient, the logarithm of an exposure for a
    /// rate.</summary>
    /// <param name="row">d values, in the order of <see cref="Features"/>.</param>
    /// <param name="offset">A finite number.</param>
    /// <exception cref="FitException">The row has another length, the offset is not finite, or the family has one margin a
    /// class.</exception>
    public double Predict(ReadOnlySpan<double> row, double offset)
    {
        if (Family.HasOutputs || network is not null) throw new FitException($"A {Family.Name} model of several margins has no offset.");
        if (!double.IsFinite(offset))
            throw new FitException(FormattableString.Invariant($"The offset is {offset}; expected a finite number."));
        double[] z = new double[Outputs];
        Margins(row, z);
        for (int k = 0; k < z.Length; k++) z[k] += offset;
        return Family.Predicted(z, file.HasReferenceClass);
    }

    /// <summary>Predictions for the rows of a matrix, n × d.</summary>
    public double[] Predict(double[,] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] predictions = new double[x.GetLength(0)], row = new double[x.GetLength(1)];
        for (int i = 0; i < predictions.Length; i++)
        {
            for (int j = 0; j < row.Length; j++) row[j] = x[i, j];
            predictions[i] = Predict(row);
        }
        return predictions;
    }

    /// <summary>The probability of every class for one row, in the order of <see cref="Classes"/>.</summary>
    /// <exception cref="FitException">The family has no probabilities, or the row has another length.</exception>
    public double[] PredictProbabilities(ReadOnlySpan<double> row)
    {
        if (!Family.HasClasses || Family.HasKinks)
            throw new FitException($"A {Family.Name} model has no probabilities of classes; logistic, softmax and ordinal have.");
        double[] z = new double[Outputs], p = new double[Classes.Count];
        Margins(row, z);
        Family.Probabilities(z, file.HasReferenceClass, p);
        return p;
    }

    /// <summary>The name of the most likely class for one row.</summary>
    /// <exception cref="FitException">The family predicts numbers, or the row has another length.</exception>
    public string PredictClass(ReadOnlySpan<double> row)
    {
        if (!Family.HasClasses) throw new FitException($"A {Family.Name} model predicts numbers, not classes.");
        double[] z = new double[Outputs];
        Margins(row, z);
        return Classes[Family.ClassOf(z, file.HasReferenceClass)];
    }

    /// <summary>
    /// Predictions as <see cref="Predict(ReadOnlySpan{double})"/> for the rows of a file, read as the training data was; it needs no
    /// target.
    /// </summary>
    /// <exception cref="Data.DataException">The file lacks a column, or a value is none; the place is said.</exception>
    public double[] PredictFile(string path) => Predict(new DataSpec([path]));

    /// <summary>Predictions for the rows of a query; it needs the columns of the model, and no target.</summary>
    /// <param name="reader">An open reader before its first row, of any database; it is read to its end and stays open.</param>
    /// <exception cref="Data.DataException">A column is missing, or a value is none; the place is said.</exception>
    public double[] Predict(System.Data.Common.DbDataReader reader) => Predict(DataSpec.Of(Data.ColumnOrigin.Of(reader)));

    /// <summary>Predictions for data from wherever it comes, read as the training data was where nothing else is said.</summary>
    /// <exception cref="Data.DataException">A column is missing, or a value is none; the place is said.</exception>
    public double[] Predict(DataSpec data)
    {
        ArgumentNullException.ThrowIfNull(data);
        ModelRows rows = ModelRows.Load(file, network, data, needLabels: false);
        double[] predictions = new double[rows.Count];
        for (int i = 0; i < predictions.Length; i++)
        {
            ReadOnlySpan<double> z = rows.Margins.AsSpan(i * Outputs, Outputs);
            predictions[i] = Family.Predicted(z, file.HasReferenceClass);
        }
        return predictions;
    }

    /// <summary>The prediction for one row and its interval: of the mean, by the covariance of the coefficients on the scale of the link
    /// and carried over to the target's, with Student's t where the dispersion was estimated and the normal distribution elsewhere; or, for
    /// least squares, of a new observation of weight 1.</summary>
    /// <param name="row">d values, in the order of <see cref="Features"/>.</param>
    /// <param name="interval">Level and kind; null for 0.95 of the mean.</param>
    /// <param name="offset">What is added to the margin without a coefficient.</param>
    /// <exception cref="FitException">The model has no such intervals (classes of several margins, a penalty, a file of an older program),
    /// the row has another length, or the offset is not finite.</exception>
    public PredictionInterval PredictInterval(ReadOnlySpan<double> row, IntervalSpec? interval = null, double offset = 0)
    {
        IntervalRule rule = IntervalRule.Of(file, interval ?? new());
        if (!double.IsFinite(offset))
            throw new FitException(FormattableString.Invariant($"The offset is {offset}; expected a finite number."));
        Span<double> z = [0];
        Margins(row, z);
        return rule.At(z[0] + offset, rule.Covariance.VarianceOf(row));
    }

    /// <summary>The same for the rows of a file, read as the training data was; the columns of an offset are needed.</summary>
    /// <exception cref="FitException">The model has no such intervals.</exception>
    /// <exception cref="Data.DataException">The file lacks a column, or a value is none; the place is said.</exception>
    public PredictionInterval[] PredictFileIntervals(string path, IntervalSpec? interval = null)
    {
        IntervalRule rule = IntervalRule.Of(file, interval ?? new());
        return rule.At(ModelRows.Load(file, network, new DataSpec([path]), needLabels: false));
    }

    void Margins(ReadOnlySpan<double> row, Span<double> z)
    {
        int d = file.Features.Count;
        if (row.Length != d) throw new FitException($"A row needs {d} values ({Text.Names(Features)}); got {row.Length}.");
        if (network is not null)
        {
            file.Network!.Predict(network, row.ToArray(), 1).CopyTo(z);
            return;
        }
        if (file.Factors is not null)
        {
            Predictor.Margins(new DenseRows<double>(row.ToArray(), 1, d), parameters, 1, file.Intercepts is not null).CopyTo(z);
            return;
        }
        for (int k = 0; k < z.Length; k++)
            z[k] = Vectors.Dot(row, parameters.AsSpan(k * d, d)) + (file.Intercepts is null ? 0 : parameters[(z.Length * d) + k]);
    }
}
