using Descent.Data;
using Descent.Data.Files;
using Descent.Fitting.Mixtures;
using Descent.Mixtures.Search;

namespace Descent.Fitting;

/// <summary>A mixture as its file holds it: what predictions need and nothing else. Safe for several threads.</summary>
public sealed class SavedMixture
{
    readonly IMixtureLaw law;

    internal SavedMixture(MixtureFile file)
    {
        File = file;
        Family = MixtureFamilies.Find(file.Family)!;
        law = Family.Law(file.Theta(Family), file.Components, file.Columns.Count);
    }

    /// <summary>The family.</summary>
    public MixtureFamily Family { get; }

    /// <summary>k.</summary>
    public int Components => File.Components;

    /// <summary>Names of the d columns, in the order that rows are given in.</summary>
    public IReadOnlyList<string> Columns => File.Columns;

    /// <summary>The shares π of the components, the largest first.</summary>
    public IReadOnlyList<double> Weights => File.Weights;

    /// <summary>
    /// The parameters of each component by their names: for gaussian <c>means</c> (d numbers) and <c>covariances</c> (d², row-major), for t
    /// <c>means</c>, <c>scatters</c> and <c>degreesOfFreedom</c>, for poisson <c>means</c>, for bernoulli <c>probabilities</c>.
    /// </summary>
    public IReadOnlyDictionary<string, double[][]> Parameters => File.Parameters;

    /// <summary>ℓ of the rows that it was fitted on.</summary>
    public double LogLikelihood => File.LogLikelihood;

    internal MixtureFile File { get; }

    /// <summary>Reads a file and checks all that it holds.</summary>
    /// <exception cref="DataException">Missing, not the file of a mixture, or damaged.</exception>
    public static SavedMixture Load(string path) =>
        new(MixtureFile.Parse(InputFile.ReadAll(path, "a mixture written by 'descent mixture … `Save = MODEL`'"), path));

    /// <summary>Writes the file: a random name in the same folder, flushed, renamed.</summary>
    public void Save(string path) => FileWriter.Write(Destination.Files, path, File.ToBytes());

    /// <summary>p(z = j | row) for one row: k numbers with sum 1.</summary>
    /// <param name="row">d values, in the order of <see cref="Columns"/>.</param>
    /// <exception cref="FitException">The row has another length, or a value that is not finite.</exception>
    public double[] Responsibilities(ReadOnlySpan<double> row)
    {
        double[] shares = new double[Components];
        Allocate(row, shares);
        return shares;
    }

    /// <summary>The most probable component of one row, from 0; of equal ones the first.</summary>
    public int Component(ReadOnlySpan<double> row) => Top(Responsibilities(row));

    /// <summary>log p(row) of one row.</summary>
    public double LogDensity(ReadOnlySpan<double> row) => Allocate(row, new double[Components]);

    internal static int Top(ReadOnlySpan<double> shares)
    {
        int top = 0;
        for (int j = 1; j < shares.Length; j++)
            if (shares[j] > shares[top]) top = j;
        return top;
    }

    /// <summary>Writes the responsibilities of one row and returns its log-density.</summary>
    internal double Allocate(ReadOnlySpan<double> row, Span<double> shares)
    {
        if (row.Length != Columns.Count)
            throw new FitException($"A row needs {Columns.Count} values ({Text.Names(Columns)}); got {row.Length}.");
        for (int a = 0; a < row.Length; a++)
            if (!double.IsFinite(row[a]))
                throw new FitException(FormattableString.Invariant($"The value of {Columns[a]} is {row[a]}; expected a finite number."));
        for (int a = 0; a < row.Length; a++)
            if (Family.Wrong(row[a]) is { } expected)
                throw new FitException(FormattableString.Invariant($"The value of {Columns[a]} is {row[a]}; expected {expected}."));
        law.LogJoints(row, shares);
        double top = double.NegativeInfinity, sum = 0;
        foreach (double joint in shares) top = Math.Max(top, joint);
        // So far away that every distance overflows: no component is told from another, and all have the same share.
        for (int j = 0; j < shares.Length; j++) sum += shares[j] = top == double.NegativeInfinity ? 1 : Math.Exp(shares[j] - top);
        for (int j = 0; j < shares.Length; j++) shares[j] /= sum;
        return top + Math.Log(sum);
    }
}
