using Descent.Data;
using Descent.Data.Files;
using Descent.Fitting.Mixtures;
using Descent.Mixtures.Search;

namespace Descent.Fitting;

/// <summary>A mixture as its file holds it: what predictions need and nothing else. Safe for several threads.</summary>
public sealed class SavedMixture
{
    internal SavedMixture(MixtureFile file)
    {
        File = file;
        Family = MixtureFamilies.Find(file.Family)!;
        Law = Family.Law(file.Theta(Family), file.Components, file.Features);
    }

    /// <summary>The family.</summary>
    public MixtureFamily Family { get; }

    /// <summary>k.</summary>
    public int Components => File.Components;

    /// <summary>Names of the numbers of a row, in their order: the d columns, for regressions then the target, and the trials if there are
    /// any.</summary>
    public IReadOnlyList<string> Columns => File.Columns;

    /// <summary>The shares π of the components, the largest first; for chains the law of the first state, for factors empty.</summary>
    public IReadOnlyList<double> Weights => File.Weights;

    /// <summary>
    /// The parameters of each component by their names: for gaussian <c>means</c> (d numbers) and <c>covariances</c> (d², row-major), for t
    /// <c>means</c>, <c>scatters</c> and <c>degreesOfFreedom</c>, for poisson <c>means</c>, for bernoulli <c>probabilities</c>, for
    /// regressions <c>coefficients</c> (the intercept first) and <c>variance</c>, for factors <c>means</c>, <c>loadings</c> (a list a
    /// factor) and <c>variances</c>, for chains <c>transitions</c> and <c>means</c>, <c>variances</c> or <c>probabilities</c>.
    /// </summary>
    public IReadOnlyDictionary<string, double[][]> Parameters => File.Parameters;

    /// <summary>ℓ of the rows that it was fitted on.</summary>
    public double LogLikelihood => File.LogLikelihood;

    internal MixtureFile File { get; }

    internal IMixtureLaw Law { get; }

    /// <summary>Numbers of a row.</summary>
    internal int RowLength => File.Columns.Count;

    /// <summary>Numbers of a row that are neither target nor trials.</summary>
    internal int Features => Math.Min(File.Features, RowLength - 1);

    /// <summary>Reads a file and checks all that it holds.</summary>
    /// <exception cref="DataException">Missing, not the file of a mixture, or damaged.</exception>
    public static SavedMixture Load(string path) =>
        new(MixtureFile.Parse(InputFile.ReadAll(path, "a mixture written by 'descent mixture … `Save = MODEL`'"), path));

    /// <summary>Writes the file: a random name in the same folder, flushed, renamed.</summary>
    public void Save(string path) => FileWriter.Write(Destination.Files, path, File.ToBytes());

    /// <summary>p(z = j | row) for one row: k numbers with sum 1.</summary>
    /// <param name="row">d values, in the order of <see cref="Columns"/>.</param>
    /// <exception cref="FitException">The row has another length, or a value that is not finite; factors allocate no rows.</exception>
    public double[] Responsibilities(ReadOnlySpan<double> row)
    {
        if (!Family.Allocates)
            throw new FitException($"A {Family.Name} model allocates no rows: ask Scores, which give the factors of a row.");
        double[] shares = new double[Components];
        Allocate(row, shares);
        return shares;
    }

    /// <summary>The most probable component of one row, from 0; of equal ones the first.</summary>
    public int Component(ReadOnlySpan<double> row) => Top(Responsibilities(row));

    /// <summary>log p(row) of one row; of a chain, as a sequence of one.</summary>
    public double LogDensity(ReadOnlySpan<double> row) => Allocate(row, new double[Law.Components]);

    /// <summary>E[z | row], the factor scores of one row: k numbers; of the normal law, the row with what is expected in its
    /// holes.</summary>
    /// <exception cref="FitException">The row does not fit, or the model has no factors.</exception>
    public double[] Scores(ReadOnlySpan<double> row) => Family.Allocates
        ? throw new FitException($"A {Family.Name} model has no factors: ask Responsibilities.") : Numbers(row);

    /// <summary>Of regressions, the mean of the target given the d columns: that of all components, then that of each.</summary>
    /// <exception cref="FitException">The row does not fit, or the model has no target.</exception>
    public double[] Predictions(ReadOnlySpan<double> columns)
    {
        if (!Family.HasTarget) throw new FitException($"A {Family.Name} mixture has no target to predict.");
        double[] row = new double[RowLength];
        if (columns.Length != File.Features)
            throw new FitException($"A prediction needs {Text.Plural(File.Features, "value")}; got {columns.Length}.");
        row.AsSpan().Fill(double.NaN);
        columns.CopyTo(row);
        return Numbers(row);
    }

    /// <summary>The states of a sequence: of each row the posteriors (n × k, row-major) and the state of the most probable path, from
    /// 0.</summary>
    /// <param name="rows">n rows, row-major.</param>
    /// <exception cref="FitException">The rows do not fit, or the model is no chain.</exception>
    public (double[] Posteriors, int[] Path) Decode(double[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (!Family.HasSequences) throw new FitException($"A {Family.Name} mixture has no sequences: ask Component of each row.");
        if (rows.Length == 0 || rows.Length % RowLength != 0)
            throw new FitException($"{rows.Length} numbers do not make rows of {Text.Plural(RowLength, "column")}.");
        for (int i = 0; i < rows.Length; i += RowLength) Check(rows.AsSpan(i, RowLength));
        MixtureReading read = Family.Read(this, rows, []);
        return (read.Shares, read.States);
    }

    internal static int Top(ReadOnlySpan<double> shares)
    {
        int top = 0;
        for (int j = 1; j < shares.Length; j++)
            if (shares[j] > shares[top]) top = j;
        return top;
    }

    /// <summary>Writes the responsibilities of one row and returns its log-density.</summary>
    /// <param name="row">Numbers in the order of <see cref="Columns"/>.</param>
    /// <param name="shares">As many as the law has components.</param>
    internal double Allocate(ReadOnlySpan<double> row, Span<double> shares)
    {
        Check(row);
        Law.LogJoints(row, shares);
        double top = double.NegativeInfinity, sum = 0;
        foreach (double joint in shares) top = Math.Max(top, joint);
        // So far away that every distance overflows: no component is told from another, and all have the same share.
        for (int j = 0; j < shares.Length; j++) sum += shares[j] = top == double.NegativeInfinity ? 1 : Math.Exp(shares[j] - top);
        for (int j = 0; j < shares.Length; j++) shares[j] /= sum;
        return top + Math.Log(sum);
    }

    double[] Numbers(ReadOnlySpan<double> row)
    {
        if (!Family.HasTarget) Check(row);
        return [.. Family.Read(this, row.ToArray(), []).More.Select(m => m.Values[0])];
    }

    void Check(ReadOnlySpan<double> row)
    {
        if (row.Length != Columns.Count)
            throw new FitException($"A row needs {Columns.Count} values ({Text.Names(Columns)}); got {row.Length}.");
        for (int a = 0; a < row.Length; a++)
            if (!double.IsFinite(row[a]) && !(Family.HasHoles && double.IsNaN(row[a])))
                throw new FitException(FormattableString.Invariant($"The value of {Columns[a]} is {row[a]}; expected a finite number."));
        for (int a = 0; a < row.Length; a++)
            if (Family.Wrong(row, a, File.Features) is { } expected)
                throw new FitException(FormattableString.Invariant($"The value of {Columns[a]} is {row[a]}; expected {expected}."));
    }
}
