using Descent.Models.Inference;
using Descent.Models.Linear;

namespace Descent.Fitting.Fits;

// Which rows hold the fit.
sealed partial class RiskFitter
{
    const double MostInfluenceWork = 1e10;

    InfluenceTable? InfluenceOf(EmpiricalRisk<double> risk, double[] point, FitQuality quality, string? refusal)
    {
        if (spec.Model.MostInfluential is not { } most) return null;
        if ((NoInfluence(risk) ?? refusal) is { } why) return new InfluenceTable { Absent = why };
        double[]? expected = data.Family.HasExpectedCurvature ? new double[risk.Count] : null;
        if (expected is not null)
        {
            risk.Margins(point, expected);
            for (int i = 0; i < expected.Length; i++) expected[i] = data.Family.ExpectedCurvature(expected[i], Own);
        }
        double[]? repeats = spec.Model.WeightsAre != WeightMeaning.Frequency || weights is null ? null
            : [.. weights.Select((w, i) => w == 0 ? 1 : trials is null ? w : w / trials[i])];
        risk.Meter.Paused = true;
        RowInfluence? found = RowInfluence.Of(risk, point, DispersionOf(quality), expected, repeats);
        risk.Meter.Paused = false;
        if (found is null) return new InfluenceTable { Absent = "the Hessian is singular to working precision." };
        int[] numbers = [.. train.Select(data.RowNumber ?? (i => i + 1))];
        return InfluenceTable.Of(found, numbers, i => risk.WeightOf(i) > 0, risk.Dimension, most) with
        {
            Observations = repeats?.Where((_, i) => risk.WeightOf(i) > 0).Sum(),
        };
    }

    string? NoInfluence(EmpiricalRisk<double> risk)
    {
        if (risk.Outputs != 1) return $"{Text.A(data.Family.Name)} model has several margins a row.";
        if (!risk.IsSumOverRows) return "the partial likelihood is no sum over rows.";
        if (data.Family.NoInference is { } reason) return reason;
        if (infinite is not null) return "some estimates are infinite.";
        double work = (double)risk.Count * risk.Dimension * risk.Dimension;
        return work > MostInfluenceWork ? $"{Text.Count(risk.Count)} rows by {Text.Count(risk.Dimension)} coefficients take "
            + $"{Text.Number(work, "G2")} operations, more than {Text.Number(MostInfluenceWork, "G2")}." : null;
    }
}
