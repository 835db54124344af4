using Descent.Mixtures.Laws;
using Descent.Mixtures.Search;

namespace Descent.Fitting.Mixtures;

/// <summary>Logistic regressions, with trials or without: <see cref="LogisticRegressionLaw"/>.</summary>
sealed class LogisticRegressionFamily() : MixtureRegressions("logistic-regression", "logistic")
{
    public override bool HasTrials => true;

    internal override string Title => "Logistic regression";

    internal override string Density => "p(y | x) = Σ_j π_j Binomial(y; m, 1/(1 + exp(−β_j0 − β_jᵀx)))";

    internal override string? Refusal(MixtureMethod method) => method == MixtureMethod.Online
        ? "no sum over rows is sufficient for it. Take `Method = stochastic` or `Method = sgd`." : base.Refusal(method);

    internal override IMixture Model(MixtureData data, int components, MixtureSpec spec) =>
        new FiniteMixture(new LogisticRegressionLaw(data.Held, data.Columns.Count, data.Targets, data.Trials), components, data.Weights);

    internal override IReadOnlyList<MixtureBlock> Blocks(int columns, int components) => [new("coefficients", columns + 1)];

    internal override IMixtureLaw Law(ReadOnlySpan<double> theta, int components, int columns) =>
        new LogisticRegressionMixtureLaw(theta, components, columns);

    internal override void Require(MixtureData data)
    {
        RequireColumns(data);
        VariedColumns.RequireValues(data, this);
        for (int i = 0; i < data.Count; i++)
            if (data.Targets[i] != 0) goto some;
        throw All(data, 0);
    some:
        for (int i = 0; i < data.Count; i++)
            if (data.Targets[i] != (data.Trials.Length > 0 ? data.Trials[i] : 1)) return;
        throw All(data, 1);
    }

    internal override string? Wrong(ReadOnlySpan<double> row, int at, int columns)
    {
        double m = row.Length > columns + 1 ? row[columns + 1] : 1;
        if (at == columns + 1) return m >= 1 && m == Math.Floor(m) && m <= int.MaxValue ? null : "a whole number of trials, at least 1";
        return at < columns || (row[at] >= 0 && row[at] <= m && row[at] == Math.Floor(row[at])) ? null
            : row.Length > columns + 1 ? "a whole number of successes, from 0 to the trials" : "0 or 1 (counts need `Trials`)";
    }

    private protected override IEnumerable<string> Others => [];

    static Data.DataException All(MixtureData data, int share) => new($"{data.Source}, column '{data.Target}': all "
        + $"{Text.Count(data.Count)} rows have a share of {share}, so there is nothing to regress. Name another `Target`.");
}
