using Descent.Fitting.Design;
using Descent.Fitting.Families;
using Descent.Fitting.ModelFiles;
using Descent.Fitting.Online;

namespace Descent.Fitting;

/// <summary>
/// A model that learns from rows one by one, for ever and in constant memory: the door for programs to what the command line does with
/// a stream, with the same bits. Each row is predicted before it is learnt from (<see cref="Loss"/>).
/// </summary>
/// <remarks>
/// A row costs what a step of the method costs (<see cref="CatalogueEntry.FullCost"/>); memory is a few numbers a column. Deterministic:
/// the rows and their order decide. One caller at a time.
/// </remarks>
public sealed class OnlineFit : IDisposable
{
    readonly OnlineRun run;
    readonly int width;

    OnlineFit(FitSpec spec, OnlineColumns columns, string target)
    {
        spec = spec.Checked();
        width = columns.Count;
        run = new OnlineRun(spec, columns, new OnlineLabels(spec.Model.Family!, null, target, "the stream"), "a stream");
    }

    /// <summary>Rows of d named numbers.</summary>
    /// <param name="family">A family of one margin a row, as <see cref="ModelFamilies.Logistic"/>.</param>
    /// <param name="features">Names of the d columns, distinct.</param>
    /// <param name="options">Method, step size, penalties, seed; null for AdaGrad in units of the columns, with its default step.</param>
    /// <exception cref="FitException">The family, the method or an option needs more than one row at a time.</exception>
    public static OnlineFit Named(ModelFamily family, IReadOnlyList<string> features, FitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count == 0 || features.Distinct(StringComparer.Ordinal).Count() < features.Count)
            throw new FitException($"The features are {Text.Names(features)}; expected distinct names, at least one.");
        ReadingColumn[] columns = [.. features.Select(f => new ReadingColumn { Name = f, Kind = "number" })];
        return new(SpecOf(family, options), new OnlineColumns
        {
            Names = features,
            Reading = new ReadingContract { Format = "csv", Columns = columns },
        }, "y");
    }

    /// <summary>Rows of few entries among numbered columns.</summary>
    /// <param name="family">A family of one margin a row.</param>
    /// <param name="columns">Number of columns d, at least 1.</param>
    /// <param name="options">Method, step size, penalties, seed; null for AdaGrad in units of the columns, with its default step.</param>
    /// <exception cref="FitException">The family, the method or an option needs more than one row at a time.</exception>
    public static OnlineFit Numbered(ModelFamily family, int columns, FitOptions? options = null)
    {
        if (columns < 1) throw new FitException($"{columns} columns were asked for; expected at least 1.");
        return new(SpecOf(family, options), new OnlineColumns
        {
            Numbered = columns,
            Reading = new ReadingContract { Format = "libsvm", ZeroBased = true },
        }, "label");
    }

    /// <summary>The losses so far, each of its row before that was learnt from.</summary>
    public ProgressiveLoss Loss => run.Loss;

    /// <summary>Whether a number has left the range of doubles; nothing is learnt from then on. A smaller step size helps.</summary>
    public bool HasDiverged => run.HasDiverged;

    /// <summary>Predicts a row, then learns from it.</summary>
    /// <param name="row">d finite numbers.</param>
    /// <param name="label">A number of the family's range; 1 and 0 (or −1) for two classes.</param>
    /// <param name="weight">Importance h ≥ 0: the gradient is multiplied by it; a row of weight 0 is predicted alone.</param>
    /// <returns>The loss before.</returns>
    /// <exception cref="FitException">A number is not finite, the row has another length, or the weight is negative.</exception>
    /// <exception cref="Data.DataException">The label is none of the family.</exception>
    public double Learn(ReadOnlySpan<double> row, double label, double weight = 1) => Learn(Put(row), label, weight);

    /// <summary>Predicts a row of few entries, then learns from it.</summary>
    /// <param name="columns">Their columns from 0, ascending.</param>
    /// <param name="values">Their values.</param>
    /// <param name="label">As for a whole row.</param>
    /// <param name="weight">As for a whole row.</param>
    /// <returns>The loss before.</returns>
    /// <exception cref="FitException">Columns do not ascend or are out of range, a number is not finite, or the weight is
    /// negative.</exception>
    /// <exception cref="Data.DataException">The label is none of the family.</exception>
    public double Learn(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, double label, double weight = 1) =>
        Learn(Put(columns, values), label, weight);

    /// <summary>The prediction for a row: E(y | x), or the probability of the class 1.</summary>
    /// <exception cref="FitException">A number is not finite, or the row has another length.</exception>
    public double Predict(ReadOnlySpan<double> row) => run.Predict(Put(row), 0);

    /// <summary>The same for a row of few entries.</summary>
    /// <exception cref="FitException">Columns do not ascend or are out of range, or a number is not finite.</exception>
    public double Predict(ReadOnlySpan<int> columns, ReadOnlySpan<double> values) => run.Predict(Put(columns, values), 0);

    /// <summary>The model as it is now; it does not change when more is learnt.</summary>
    public SavedModel ToModel() => new(run.Model(), run.Family, null, _ => new OneModelFile(run.Model()));

    /// <summary>Writes the model as it is now: beside the old file, which it then replaces.</summary>
    /// <exception cref="IOException">It could not be written; what was there before is there still.</exception>
    public void Save(string path) => ToModel().Save(path);

    /// <summary>Shows the state of the method to a visitor, which may save it or put another in its place.</summary>
    public void Visit(IStateVisitor visitor) => run.Visit(visitor);

    /// <inheritdoc/>
    public void Dispose() => run.Dispose();

    static FitSpec SpecOf(ModelFamily family, FitOptions? options) => (options ?? new FitOptions()).Of(new DataSpec(["a stream"]), family);

    double Learn(int entries, double label, double weight)
    {
        if (!(weight >= 0 && double.IsFinite(weight)))
            throw new FitException(FormattableString.Invariant($"The weight is {weight}; expected a finite number ≥ 0."));
        if (!double.IsFinite(label))
            throw new FitException(FormattableString.Invariant($"The label is {label}; expected a finite number."));
        return run.Learn(entries, run.Labels.Of(label, Loss.Rows + 1), weight, 0).Loss;
    }

    int Put(ReadOnlySpan<double> row)
    {
        if (row.Length != width) throw new FitException($"A row needs {width} values; got {row.Length}.");
        (int[] indices, double[] values) = run.Room;
        int count = 0;
        for (int j = 0; j < row.Length; j++)
        {
            if (!double.IsFinite(row[j]))
                throw new FitException(FormattableString.Invariant($"Value {j + 1} of the row is {row[j]}; expected a finite number."));
            if (row[j] != 0) (indices[count], values[count++]) = (j, row[j]);
        }
        return count;
    }

    int Put(ReadOnlySpan<int> columns, ReadOnlySpan<double> x)
    {
        if (columns.Length != x.Length) throw new FitException($"{columns.Length} columns need as many values; got {x.Length}.");
        (int[] indices, double[] values) = run.Room;
        for (int k = 0; k < x.Length; k++)
        {
            if (columns[k] < 0 || columns[k] >= width || (k > 0 && columns[k] <= columns[k - 1]))
                throw new FitException($"Column {columns[k]} stands at place {k}; expected ascending numbers from 0 to {width - 1}.");
            if (!double.IsFinite(x[k]))
                throw new FitException(
                    FormattableString.Invariant($"The value in column {columns[k]} is {x[k]}; expected a finite number."));
            (indices[k], values[k]) = (columns[k], x[k]);
        }
        return x.Length;
    }
}
