using Descent.Data;
using Descent.Mixtures;
using Descent.Mixtures.Normals;
using Descent.Mixtures.Search;

namespace Descent.Fitting.Mixtures;

/// <summary>Factors behind the columns, with a variance for each column or one for all: <see cref="FactorModel"/>.</summary>
sealed class FactorFamily(bool isotropic, string name, params string[] aliases) : MixtureFamily(name, aliases)
{
    public override bool Allocates => false;

    internal override string Starts => "with random loadings";

    internal override string? NoSupplement => "its loadings are known up to a rotation, along which EM does not come back";

    internal override string Part => "factor";

    internal override bool HasShares => false;

    internal override string Title => isotropic ? "Probabilistic PCA" : "Factor analysis";

    internal override string Density => isotropic ? "x = μ + Λz + e, z ~ N(0, I), e ~ N(0, σ²I)"
        : "x = μ + Λz + e, z ~ N(0, I), e ~ N(0, Ψ)";

    internal override string? Refusal(MixtureMethod method) => method switch
    {
        MixtureMethod.Stochastic => "its factors are averaged over and not drawn. Take `Method = online`.",
        MixtureMethod.Sgd => "its gradients are not sampled. Take `Method = online`.",
        _ => base.Refusal(method),
    };

    internal override int Most(int columns) => FactorModel.MostFactors(columns, isotropic);

    internal override void Require(MixtureData data)
    {
        VariedColumns.Require(data);
        if (data.Columns.Count < 2)
            throw new DataException($"{data.Source}: has one column to fit; factors are of at least {(isotropic ? 2 : 3)}.");
        if (data.Count <= data.Columns.Count)
            throw new DataException($"{data.Source}: has {Text.Plural(data.Count, "row")} of {Text.Plural(data.Columns.Count, "column")}; "
                + $"factors need more rows than columns.");
    }

    internal override IMixture Model(MixtureData data, int components, MixtureSpec spec) =>
        new FactorModel(data.Held, data.Columns.Count, components, isotropic, data.Weights);

    internal override IReadOnlyList<MixtureBlock> Blocks(int columns, int components) =>
        [new("means", columns, 1), new("loadings", columns), new("variances", columns, 1)];

    internal override IMixtureLaw Law(ReadOnlySpan<double> theta, int components, int columns) =>
        new FactorLaw(theta, columns, components);

    internal override IReadOnlyList<MixtureQuantity> Quantities(
        IReadOnlyList<string> columns, int components, CovarianceShape shape, int count) =>
    [
        .. columns.Select(c => new MixtureQuantity(-1, "mean " + c)), .. columns.Select(c => new MixtureQuantity(-1, "communality " + c)),
        .. columns.Select(c => new MixtureQuantity(-1, "unique variance " + c)),
        .. MixtureQuantity.Each(components, columns.Select(c => "loading " + c)),
    ];

    internal override Dictionary<string, double[][]> Split(double[] theta, int components, int columns) => new(StringComparer.Ordinal)
    {
        ["means"] = [theta[..columns]],
        ["loadings"] = [.. Enumerable.Range(0, components).Select(j =>
            Enumerable.Range(0, columns).Select(c => theta[columns + (c * components) + j]).ToArray())],
        ["variances"] = [theta[(columns * (1 + components))..]],
    };

    internal override double[] Join(double[] shares, IReadOnlyDictionary<string, double[][]> parameters, int columns)
    {
        double[][] loadings = parameters["loadings"];
        return [.. parameters["means"][0], .. Enumerable.Range(0, columns).SelectMany(c => loadings.Select(l => l[c])),
            .. parameters["variances"][0]];
    }

    /// <summary>The factor scores E[z | row].</summary>
    internal override MixtureReading Read(SavedMixture model, double[] rows, int[] lengths)
    {
        FactorLaw law = (FactorLaw)model.Law;
        int d = model.RowLength, q = law.Factors, n = rows.Length / d;
        double[] logs = new double[n], z = new double[q];
        double[][] scores = [.. Enumerable.Range(0, q).Select(_ => new double[n])];
        for (int i = 0; i < n; i++)
        {
            logs[i] = law.Scores(rows.AsSpan(i * d, d), z);
            for (int j = 0; j < q; j++) scores[j][i] = z[j];
        }
        return new MixtureReading
        {
            Shares = [],
            States = [],
            LogDensities = logs,
            More = [.. scores.Select((s, j) => ($"score{j + 1}",
            s))]
        };
    }

    internal override IEnumerable<MixtureRemark> Remarks(IMixture model, double[] theta)
    {
        FactorModel m = (FactorModel)model;
        int d = m.Dimension, q = m.FactorCount;
        double shared = 0, all = 0;
        for (int c = 0; c < d; c++)
        {
            double unique = theta[(d * (1 + q)) + c], common = theta.AsSpan(d + (c * q), q).ToArray().Sum(l => l * l);
            (shared, all) = isotropic ? (shared + common, all + common + unique) : (shared + (common / (common + unique)), all + 1);
        }
        yield return new MixtureRemark("Shared", $"{Text.Number(100 * shared / all, "0.0")} % of the variance of the "
            + (isotropic ? "columns" : "standardised columns") + $" is that of {Text.Plural(q, "factor")}", "sharedVariance", shared / all);
    }
}
