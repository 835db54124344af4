using Descent.Data;
using Descent.Fitting.Exact;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Models.Separation;
using MathNet.Numerics;

namespace Descent.Fitting.Families;

/// <summary>Poisson regression with log link: the mean of a count.</summary>
sealed class PoissonFamily() : ModelFamily("poisson", LabelKind.Counts)
{
    /// <inheritdoc/>
    public override double Response(double margin) => Elementary.Exp(margin);

    internal override string? WrongLabel(double label) => label < 0 ? "a count ≥ 0 for the Poisson model" : null;

    internal override string? WrongTogether(ReadOnlySpan<double> labels) => labels.IndexOfAnyExcept(0.0) >= 0 ? null
        : "all counts are 0; the Poisson model has no finite fit. Expected at least one positive count.";

    internal override FitQuality Measure(MeasuredRows rows)
    {
        ReadOnlySpan<double> z = rows.Margins, y = rows.Labels;
        double loss = 0, total = 0, likelihood = 0, deviance = 0, mean = 0, exposed = 0, nullDeviance = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double w = rows.WeightOf(i), mu = Math.Exp(z[i]);
            loss += w * (mu - (y[i] * z[i]));
            likelihood += w * ((y[i] * z[i]) - mu - SpecialFunctions.GammaLn(y[i] + 1));
            deviance += 2 * w * ((y[i] > 0 ? y[i] * (Math.Log(y[i]) - z[i]) : 0) - (y[i] - mu));
            total += w;
            mean += w * y[i];
            exposed += w * Math.Exp(rows.OffsetOf(i));
        }
        // The rate of the intercept alone: the mean of counts, where nothing is added to the margins.
        double rate = mean / exposed;
        int degrees = rows.Used - rows.Parameters, broken = 0;
        double pearson = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double mu = Math.Exp(z[i]), r = y[i] - mu;
            if (y[i] != Math.Floor(y[i])) broken++;
            // As μ falls to 0 at a count of 0 the term falls to 0 with it.
            pearson += rows.WeightOf(i) * (r == 0 || (y[i] == 0 && mu == 0) ? 0 : r * r / mu);
        }
        for (int i = 0; i < y.Length; i++)
        {
            double expected = rate * Math.Exp(rows.OffsetOf(i));
            nullDeviance += 2 * rows.WeightOf(i) * ((y[i] > 0 ? y[i] * Math.Log(y[i] / expected) : 0) - (y[i] - expected));
        }
        return new FitQuality
        {
            Count = y.Length,
            MeanLoss = loss / total,
            // The probability of a count that is no whole number is 0: there is no likelihood then.
            LogLikelihood = broken == 0 && rows.HasLikelihood ? likelihood : null,
            Deviance = deviance,
            NullDeviance = nullDeviance,
            Aic = broken == 0 && rows.HasLikelihood ? (2 * rows.Parameters) - (2 * likelihood) : null,
            Degrees = degrees,
            Dispersion = degrees > 0 && double.IsFinite(pearson) ? pearson / degrees : null,
            DispersionP = degrees > 0 && double.IsFinite(pearson) ? SpecialFunctions.GammaUpperRegularized(degrees / 2.0, pearson / 2)
                : null,
            NotCounts = broken,
        };
    }

    // As μ falls to 0 at a count of 0 the residual falls to 0 with it.
    internal override double PearsonResidual(double label, double margin, double weight, double own)
    {
        double mean = Response(margin);
        return label == 0 && mean == 0 ? 0 : Math.Sqrt(weight) * (label - mean) / Math.Sqrt(mean);
    }

    /// <inheritdoc/>
    public override bool MayEstimateDispersion => true;

    /// <inheritdoc/>
    public override SeparationKind? Separation => SeparationKind.Counts;

    internal override EmpiricalRisk<double> Risk<TRows>(TRows rows, double[] labels, RiskOptions options, double parameter, int classes) =>
        Descent.Models.Linear.Risk.Of<double, TRows, PoissonLoss>(rows, labels, default, options);

    internal override ProofLoss? Proof => ProofLoss.Poisson;

    internal override double StartAt(double mean) => mean > 0 ? Math.Log(mean) : 0;

    internal override string Describe(
        ModelWords words) => $"Poisson with log link: E {words.Target} = exp(x·w{(words.Intercept ? " + b" : "")})";

    internal override string Loss => "mean of e^(x·w) − y x·w (without log y!)";
}
