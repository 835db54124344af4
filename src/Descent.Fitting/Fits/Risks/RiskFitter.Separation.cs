using Descent.Data.Files;
using Descent.Models.Linear;
using Descent.Models.Separation;
using Descent.Runs;

namespace Descent.Fitting.Fits;

// Likelihoods that have no maximum: said, with what runs away and what stays.
sealed partial class RiskFitter
{
    SeparationAnalysis? infinite;

    SeparationCertifier CertifierOf(Plan plan, EmpiricalRisk<double> risk, ICertifier<double> inner)
    {
        int classes = data.Classes?.Count ?? 0;
        // From the end of a stochastic run the quick proof seldom succeeds, and the full analysis must not outlast the run.
        bool fits = L2 == 0 && spec.Model.L1 == 0 && data.Family.Separation is { } kind
            && SeparationAnalysis.Fits(kind, train.Length, Columns, classes, plan.IsStochastic ? 1e8 : 2e9);
        return new SeparationCertifier(inner, fits ? Analyse : null);

        SeparationAnalysis? Analyse(double[] point) => Analysed(data.Family.Separation!.Value, point, risk.HasIntercept, true);
    }

    SeparationAnalysis Analysed(SeparationKind kind, double[] point, bool intercept, bool limit)
    {
        int classes = data.Classes?.Count ?? 0;
        if (trials is not null)
        {
            // A share of successes is one success and one failure of their weights, as far as neither weighs nothing.
            int n = train.Length;
            int[] both = [.. Enumerable.Range(0, 2 * n).Select(i => i % n)];
            double[] y = [.. both.Select((_, i) => i < n ? 1.0 : 0.0)],
                of = [.. both.Select((i, at) => weights![i] * (at < n ? labels[i] : 1 - labels[i]))];
            double[]? moved = Of(offsets, both);
            return sparse is { } few
                ? SeparationAnalysis.Of(Pick(few, both), kind, y, of, intercept, classes, point, limit, moved)
                : SeparationAnalysis.Of(new DenseRows<double>(Doubled(), 2 * n, Columns), kind, y, of, intercept, classes, point, limit,
                    moved);
        }
        return sparse is { } rows
            ? SeparationAnalysis.Of(rows, kind, labels, weights, intercept, classes, point, limit, offsets)
            : SeparationAnalysis.Of(new DenseRows<double>(dense!.Value, train.Length, Columns), kind, labels, weights, intercept, classes,
                point, limit, offsets);
    }

    Slab<double> Doubled()
    {
        long length = (long)train.Length * Columns;
        Slab<double> twice = Room.Take<double>(2 * length);
        for (int i = 0; i < 2 * train.Length; i++)
            dense!.Value.Span((long)(i % train.Length) * Columns, Columns).CopyTo(twice.Span((long)i * Columns, Columns));
        return twice;
    }

    // What a run means when the infimum is not attained: methods that solve to full precision end next to it, and the outcome says so.
    RunResult<double> Settle(Plan plan, EmpiricalRisk<double> risk, SeparationCertifier certifier, RunResult<double> run)
    {
        if (!run.Point.All(double.IsFinite) || run.Outcome.Kind is OutcomeKind.Interrupted or OutcomeKind.Diverged) return run;
        if (L2 > 0 || spec.Model.L1 > 0) return run;
        if (data.Family.Separation is null)
        {
            SayRecession(risk, run);
            return run;
        }
        // The dual point of the certificate may have proved already that all estimates are finite.
        if (certifier.Analysis is null && run.Certificate is { IsAttained: true }) return run;
        SeparationAnalysis? found = certifier.Look(run.Point);
        if (found is null)
        {
            SeparatedByItself(risk, run.Point);
            return run;
        }
        if (found.Verdict == Verdict.Undecided)
            remarks.Add("Whether all estimates are finite could not be decided in this precision: the data are within rounding of "
                + "separation. A penalty (`L2 = 1/n`) makes them finite.");
        if (found.Verdict != Verdict.Separated) return run;
        infinite = found;
        remarks.Add(Words(found));
        separation = $"The likelihood has no maximum: estimates of {InfiniteNames()} are infinite.";
        Certificate certificate = certifier.Certify(run.Point, default, true);
        bool free = spec.Budget is { Steps: null, Epochs: null, Time: null, Patience: null };
        if (free && plan.Entry.SolvesExactly && found.PointNearInfimum() is { Length: > 0 } near
            && near.All(double.IsFinite)
            && certifier.Certify(near, default, false) is var better && better.Value <= certificate.Value)
            (run, certificate) = (run with { Point = near }, better);
        // Bounds from before the analysis cannot lie above an infimum that is known.
        TracePoint[] trace = [.. run.Trace.Select(p => p.LowerBound > found.LowerBound ? p with { LowerBound = found.LowerBound } : p)];
        return run with { Certificate = certificate, Trace = trace, Outcome = Told(found, certificate, run.Outcome) };
    }

    Outcome Told(SeparationAnalysis found, Certificate certificate, Outcome outcome)
    {
        double asked = spec.Budget.Gap is > 0 and var g ? g : 1e-6, gap = certificate.Value - found.LowerBound;
        // With an infimum of 0 nothing is small relative to F; mean losses are compared with the 1 of a wrong answer.
        bool reached = gap <= asked * (found.IsComplete ? 1 : Math.Abs(certificate.Value));
        string where = $"The infimum {Text.Number(found.Infimum, "G10")} is not attained: estimates of {InfiniteNames()} are infinite.";
        if (reached) return new Outcome(OutcomeKind.Converged, $"{where} F(w) is within {Text.Number(Math.Max(gap, 0), "G3")} of it.");
        return outcome with
        {
            Kind = outcome.Kind == OutcomeKind.Converged ? OutcomeKind.BudgetSpent
            : outcome.Kind,
            Sentence = $"{where} F(w) is {Text.Number(gap, "G3")} above it. {outcome.Sentence}"
        };
    }

    // Without an analysis (too large for it), rows that are all on their own side are a proof by themselves.
    void SeparatedByItself(EmpiricalRisk<double> risk, double[] point)
    {
        double[] z = new double[train.Length * risk.Outputs];
        risk.Margins(point, z);
        for (int i = 0; i < train.Length; i++)
        {
            if (risk.WeightOf(i) == 0) continue;
            if (trials is not null && labels[i] is > 0 and < 1) return;
            if (data.Family.Separation == SeparationKind.Counts
                || (data.Family.Separation == SeparationKind.TwoClasses && !(((2 * labels[i]) - 1) * z[i] > 0))) return;
            if (data.Family.HasOutputs
                && !IsOwnLargest(z.AsSpan(i * risk.Outputs, risk.Outputs), (int)labels[i], risk.Outputs < data.Classes!.Count)) return;
        }
        separation = CompleteWords;
        remarks.Add(separation);
    }

    static bool IsOwnLargest(ReadOnlySpan<double> z, int own, bool reference)
    {
        int shift = reference ? 1 : 0;
        double mine = own < shift ? 0 : z[own - shift];
        for (int k = 0; k < z.Length; k++)
            if (k + shift != own && !(z[k] < mine)) return false;
        return !reference || own == 0 || mine > 0;
    }

    const string CompleteWords = "Complete separation: linear boundaries put every row on its own side, so the likelihood grows "
        + "without bound and the estimates are infinite. Add a penalty (`L2 = 1/n`), or drop the separating feature.";

    string Words(SeparationAnalysis found)
    {
        if (data.Family.Separation == SeparationKind.Counts)
            return $"Infinite estimates: the fitted mean of {Text.Plural(found.SeparatedRows.Count, "row")}, all with count 0, falls "
                + $"to 0 as the {(InfiniteCount == 1 ? "estimate" : "estimates")} of {InfiniteNames()} "
                + $"{(InfiniteCount == 1 ? "runs" : "run")} away{(InfiniteCount < Risk!.Dimension ? "; the others are finite" : "")}. "
                + $"Add a penalty (`L2 = 1/n`), or leave out these rows or levels.";
        if (found.IsComplete) return CompleteWords;
        string who = data.Family.HasOutputs
            ? string.Join("; ", found.Pairs.Where(p => p.Separated > 0).GroupBy(p => p.Own).Select(OfClass)) + "."
            : $"{Text.Plural(found.SeparatedRows.Count, "row")} of {Text.Count(train.Length)} are predicted with certainty along a "
                + $"direction that moves no other row.";
        string finite = InfiniteCount < Risk!.Dimension ? "; the others are finite"
            : data.Family.HasOutputs ? "; differences of classes that are not separated stay finite"
            : "";
        return $"Quasi-complete separation: {who} The estimates of {InfiniteNames()} are infinite{finite}. "
            + "Add a penalty (`L2 = 1/n`), or drop what separates.";
    }

    string OfClass(IGrouping<int, (int Own, int Other, int Separated, int All)> rows)
    {
        string own = data.Classes![rows.Key];
        string[] whole = [.. rows.Where(p => p.Separated == p.All).Select(p => data.Classes[p.Other])],
            some = [.. rows.Where(p => p.Separated < p.All)
            .Select(p => $"{data.Classes[p.Other]} in {Text.Plural(p.Separated, "row")} of {p.All}")];
        return $"class {own} is separated from {string.Join(", ", whole.Concat(some))}";
    }

    int InfiniteCount => LimitsOf().Count(l => l is not null);

    string InfiniteNames()
    {
        double?[] limits = LimitsOf();
        string[] names = [.. Enumerable.Range(0, limits.Length).Where(p => limits[p] is not null).Select(ParameterName)];
        if (names.Length == limits.Length && names.Length > 3) return $"all {names.Length} parameters";
        return string.Join(", ", names.Take(8)) + (names.Length > 8 ? $" and {names.Length - 8} more" : "");
    }

    string ParameterName(int p)
    {
        int d = Columns, k = Risk!.Outputs, shift = data.Family.HasOutputs && k < data.Classes!.Count ? 1 : 0;
        int output = p < k * d ? p / d : p - (k * d), column = p < k * d ? p % d : -1;
        string name = column < 0 ? "(Intercept)" : data.Features[kept?[column] ?? column].Name;
        return data.Family.HasOutputs ? $"{data.Classes![output + shift]}: {name}" : name;
    }

    double?[]? limits;

    // For each parameter, on the original scale, +∞, −∞ or NaN (infinite, sign open) when some direction moves it; null when it is finite.
    double?[] LimitsOf()
    {
        if (infinite is null) return [];
        if (limits is not null) return limits;
        limits = new double?[Risk!.Dimension];
        foreach (Recession r in infinite.Directions)
        {
            (double[] move, double[] size) = Moved(r.Move);
            for (int p = 0; p < move.Length; p++)
            {
                if (!(Math.Abs(move[p]) > 1e-9 * size[p])) continue;
                double towards = !r.IsOneSided ? double.NaN : move[p] > 0 ? double.PositiveInfinity : double.NegativeInfinity;
                limits[p] = limits[p] is null || limits[p] == towards ? towards : double.NaN;
            }
        }
        return limits;
    }

    // A direction on the original scale, with the size that its rounding is relative to.
    (double[] Move, double[] Size) Moved(double[] direction)
    {
        int d = Columns, k = Risk!.Outputs;
        double[] move = scaling?.Undo(direction, k, Risk.HasIntercept) ?? direction, size = new double[direction.Length];
        double largest = 0;
        for (int p = 0; p < k * d; p++) largest = Math.Max(largest, Math.Abs(direction[p]));
        for (int p = 0; p < k * d; p++) size[p] = largest / (scaling?.Deviations[p % d] ?? 1);
        for (int c = 0; c < k && Risk.HasIntercept; c++)
        {
            size[(k * d) + c] = Math.Max(largest, Math.Abs(direction[(k * d) + c]));
            for (int j = 0; j < d && scaling is not null; j++) size[(k * d) + c] += Math.Abs(move[(c * d) + j] * scaling.Means[j]);
        }
        return (move, size);
    }
}
