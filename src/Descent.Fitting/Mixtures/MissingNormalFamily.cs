using Descent.Data;
using Descent.Mixtures;
using Descent.Mixtures.Normals;
using Descent.Mixtures.Search;

namespace Descent.Fitting.Mixtures;

/// <summary>One normal law of rows in which numbers are missing: <see cref="MissingNormalModel"/>.</summary>
sealed class MissingNormalFamily() : MixtureFamily("missing-normal", "normal-missing")
{
    public override bool Allocates => false;

    internal override bool HasHoles => true;

    internal override int Usual => 1;

    internal override string Starts => "at the moments of what is seen, means moved by half a standard deviation,";

    internal override string Part => "law";

    internal override bool HasShares => false;

    internal override string Title => "Normal law with missing values";

    internal override string Density => "x ~ N(μ, Σ), of which the numbers seen are a part";

    internal override string? Refusal(MixtureMethod method) => method switch
    {
        MixtureMethod.Stochastic => "its holes are averaged over and not drawn. Take `Method = online`.",
        MixtureMethod.Sgd => "its gradients are not sampled. Take `Method = online`.",
        _ => base.Refusal(method),
    };

    internal override int Most(int columns) => 1;

    internal override void Require(MixtureData data)
    {
        VariedColumns.Require(data);
        if (data.Count <= data.Columns.Count)
            throw new DataException($"{data.Source}: has {Text.Plural(data.Count, "row")} of {Text.Plural(data.Columns.Count, "column")}; "
                + "a covariance needs more rows than columns.");
    }

    internal override IMixture Model(MixtureData data, int components, MixtureSpec spec) =>
        new MissingNormalModel(data.Held, data.Columns.Count, data.Weights);

    internal override IReadOnlyList<MixtureBlock> Blocks(int columns, int components) =>
        [new("means", columns, 1), new("covariances", columns * columns, 1)];

    internal override IMixtureLaw Law(ReadOnlySpan<double> theta, int components, int columns) => new MissingNormalLaw(theta, columns);

    internal override IReadOnlyList<MixtureQuantity> Quantities(
        IReadOnlyList<string> columns, int components, CovarianceShape shape, int count) =>
    [
        .. columns.Select(c => new MixtureQuantity(-1, "mean " + c)),
        .. columns.SelectMany(a => columns.Select(b => new MixtureQuantity(-1, a == b ? "variance " + a : $"covariance {a}, {b}"))),
    ];

    internal override Dictionary<string, double[][]> Split(double[] theta, int components, int columns) => new(StringComparer.Ordinal)
    {
        ["means"] = [theta[..columns]],
        ["covariances"] = [theta[columns..]],
    };

    internal override double[] Join(double[] shares, IReadOnlyDictionary<string, double[][]> parameters, int columns) =>
        [.. parameters["means"][0], .. parameters["covariances"][0]];

    /// <summary>The rows with what is expected in their holes.</summary>
    internal override MixtureReading Read(SavedMixture model, double[] rows, int[] lengths)
    {
        MissingNormalLaw law = (MissingNormalLaw)model.Law;
        int d = model.RowLength, n = rows.Length / d;
        double[] logs = new double[n], row = new double[d];
        double[][] filled = [.. Enumerable.Range(0, d).Select(_ => new double[n])];
        for (int i = 0; i < n; i++)
        {
            logs[i] = law.Fill(rows.AsSpan(i * d, d), row);
            for (int c = 0; c < d; c++) filled[c][i] = row[c];
        }
        return new MixtureReading
        {
            Shares = [],
            States = [],
            LogDensities = logs,
            More = [.. filled.Select((values, c) => (model.Columns[c], values))],
        };
    }

    internal override IEnumerable<MixtureRemark> Remarks(IMixture model, double[] theta)
    {
        double missing = ((MissingNormalModel)model).Missing;
        yield return new MixtureRemark("Missing",
            $"{Text.Number(100 * missing, "0.0")} % of the numbers; taken as missing at random (Rubin 1976), which the data cannot tell",
            "missingShare", missing);
    }
}
