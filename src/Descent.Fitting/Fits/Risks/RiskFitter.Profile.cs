using Descent.Models.Inference;
using Descent.Models.Linear;
using Descent.Models.Separation;
using Descent.Runs;
using MathNet.Numerics.Distributions;

namespace Descent.Fitting.Fits;

// Intervals that follow the likelihood, in the place of Wald's.
sealed partial class RiskFitter
{
    const int MostProfiled = 500;

    // Where they are not made the intervals stay as they are, and a remark says why.
    IReadOnlyList<Coefficient> Profiled(EmpiricalRisk<double> risk, RunResult<double> run, IReadOnlyList<Coefficient> table,
        FitQuality quality, string? refusal, out bool done, out int missing)
    {
        (done, missing) = (false, 0);
        if (!spec.Model.ProfilesLikelihood) return table;
        if (NoProfile(risk, quality, run, refusal) is { } why)
        {
            remarks.Add("No profile intervals: " + why);
            return table;
        }
        done = true;
        double quantile = quality.IsLeastSquares ? StudentT.InvCDF(0, 1, quality.Degrees, 0.975) : Normal.InvCDF(0, 1, 0.975),
            rise = quantile * quantile * DispersionOf(quality) / (2 * risk.TotalWeight);
        risk.Meter.Paused = true;
        ProfileLikelihood profile = new(risk, run.Point, rise, infinite?.Infimum);
        Coefficient[] lines = [.. table.Select(c => c with { Low = double.NaN, High = double.NaN })];
        foreach ((int line, int parameter) in LinesOf(risk))
        {
            if (Stop.IsCancellationRequested) missing++;
            else lines[line] = Between(risk, profile, lines[line], parameter, ref missing);
        }
        risk.Meter.Paused = false;
        string[] lost = [.. LinesOf(risk).Select(l => lines[l.Line]).Where(c => double.IsNaN(c.Low) || double.IsNaN(c.High))
            .Select(c => c.Name)];
        if (lost.Length > 0 && missing == 0)
            remarks.Add($"Profile intervals: an end of {Text.Names(lost)} was not found.");
        return lines;
    }

    string? NoProfile(EmpiricalRisk<double> risk, FitQuality quality, RunResult<double> run, string? refusal)
    {
        if (NoLikelihood(risk, run, quality, double.IsFinite(run.Certificate!.Value)) is { } reason) return reason;
        if (infinite is null && refusal is not null) return refusal;
        if (infinite is { Verdict: not Verdict.Separated })
            return "whether estimates are finite is not known.";
        return risk.Dimension > MostProfiled
            ? $"{Text.Count(risk.Dimension)} parameters take too long; {MostProfiled} at most have them." : null;
    }

    Coefficient Between(EmpiricalRisk<double> risk, ProfileLikelihood profile, Coefficient line, int parameter, ref int missing)
    {
        OnPart?.Invoke(() => $"profile of {line.Name}");
        double[] direction = DirectionOf(risk, parameter);
        int open = OpenSide(line, parameter);
        try
        {
            return line with
            {
                Low = open < 0 ? double.NegativeInfinity : profile.End(direction, -1, Stop),
                High = open > 0 ? double.PositiveInfinity : profile.End(direction, 1, Stop),
            };
        }
        catch (OperationCanceledException)
        {
            missing++;
            return line;
        }
    }

    // Along the direction of recession F never rises, and the interval has no end there; on the other side there is one to be found where F
    // rises enough. An estimate of which the sign is open in the table may have one too.
    int OpenSide(Coefficient line, int parameter)
    {
        if (line.Limit is not { } limit) return 0;
        if (!double.IsNaN(limit)) return Math.Sign(limit);
        (double[] move, double[] size) = Moved(infinite!.Direction);
        return Math.Abs(move[parameter]) > 1e-9 * size[parameter] ? Math.Sign(move[parameter]) : 0;
    }

    // Lines of the coefficient table with the parameters of the risk that they show; columns left out have none.
    IEnumerable<(int Line, int Parameter)> LinesOf(EmpiricalRisk<double> risk)
    {
        int k = risk.WeightVectors, shift = HasConstantLines(risk) ? 1 : 0;
        for (int c = 0; c < k; c++)
        {
            int first = c * (data.Columns + shift);
            if (shift > 0) yield return (first, (k * Columns) + c);
            for (int j = 0; j < Columns; j++) yield return (first + shift + (kept?[j] ?? j), (c * Columns) + j);
        }
        for (int c = 0; data.Family.HasThresholds && c < risk.Outputs; c++) yield return (data.Columns + c, Columns + c);
    }

    // a with aᵀw the coefficient on the original scale.
    double[] DirectionOf(EmpiricalRisk<double> risk, int parameter)
    {
        double[] a = new double[risk.Dimension];
        int slopes = Columns * risk.WeightVectors, own = Math.Min(parameter - slopes, risk.WeightVectors - 1);
        a[parameter] = parameter < slopes ? 1 / (scaling?.Deviations[parameter % Columns] ?? 1) : 1;
        for (int j = 0; parameter >= slopes && scaling is not null && j < Columns; j++)
            a[(own * Columns) + j] = -scaling.Means[j] / scaling.Deviations[j];
        // Thresholds are minus the constants.
        if (parameter >= slopes && data.Family.HasThresholds)
            for (int j = 0; j < a.Length; j++) a[j] = -a[j];
        return a;
    }
}
