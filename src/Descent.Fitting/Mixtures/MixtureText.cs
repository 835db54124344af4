using System.Globalization;
using System.Text;
using Descent.Mixtures.Search;

namespace Descent.Fitting.Mixtures;

/// <summary>What is printed of a mixture.</summary>
static class MixtureText
{
    public static string Of(FittedMixture m)
    {
        StringBuilder t = new();
        Rows(t, Head(m));
        t.Append('\n').Append(TextTable.Render(CandidateHead, Candidates(m), leftColumns: 0)).Append('\n');
        if (m.Chosen is not null)
        {
            Rows(t, [("Chosen", Choice(m))]);
            t.Append('\n').Append(Tables(m.Model.File)).Append('\n');
        }
        Rows(t, Ending(m));
        return t.ToString();
    }

    /// <summary>The result in one line.</summary>
    public static string Line(FittedMixture m) => m.Chosen is null ? m.Outcome.Sentence
        : $"k = {m.Components}; ℓ = {Text.Number(m.LogLikelihood, "G10")}; {Starts(m)}; {m.Outcome.Sentence}";

    public static IEnumerable<(string Name, string Value)> Head(FittedMixture m) =>
    [
        ("Data", m.Data.Line),
        ("Family", Family(m)),
        ("Method", $"{MixtureWords.Of(m.Spec.Search.Method)}: "
            + $"{MixtureWords.Recursion(m.Spec.Search.Method, m.Spec.Family.Map(m.Spec.Search.Method))}; "
            + $"{Text.Plural(m.Spec.Search.Restarts, "start")} {m.Spec.Family.Starts} for each k, "
            + $"tolerance {Text.Number(m.Spec.Search.Tolerance)}, "
            + $"at most {Text.Count(m.Spec.Search.Limit)} passes a start, seed {m.Spec.Search.Seed}"),
    ];

    public static IReadOnlyList<string> CandidateHead { get; } =
        ["k", "log-likelihood", "parameters", "AIC", "BIC", "ICL", "starts that agree", "refused", "passes"];

    public static IReadOnlyList<IReadOnlyList<string>> Candidates(FittedMixture m) => [.. m.Candidates.Select(c => (IReadOnlyList<string>)
    [
        c.Components.ToString(CultureInfo.InvariantCulture), Likelihood(c.LogLikelihood), Text.Count(c.Parameters), Criterion(c.Aic),
        Criterion(c.Bic), Criterion(c.Icl), double.IsNaN(c.LogLikelihood) ? "–" : $"{c.Agreeing} of {c.Starts.Count}",
        Text.Count(c.Degenerate), Text.Count(c.Passes),
    ])];

    public static string Choice(FittedMixture m) => m.Candidates.Count == 1
        ? $"k = {m.Components}, as asked; {Starts(m)}"
        : $"k = {m.Components}, where {MixtureWords.Of(m.Spec.Criterion).ToUpperInvariant()} is least; {Starts(m)}";

    /// <summary>A table for each component; standard errors where the certificate has them.</summary>
    public static string Tables(MixtureFile file)
    {
        if (file.Certificate is not { } c) return Plain(file);
        StringBuilder t = new();
        string part = MixtureFamilies.Find(file.Family)!.Part;
        bool errors = c.Estimates.Any(e => e.StandardError is not null);
        foreach (var g in c.Estimates.GroupBy(e => e.Component))
        {
            if (t.Length > 0) t.Append('\n');
            t.Append(TextTable.Render([g.Key == 0 ? "columns" : $"{part} {g.Key}", "estimate", .. errors ? ["std. error"]
                : Array.Empty<string>()],
                [.. g.Select(e => (IReadOnlyList<string>)[e.Name, Text.Figure(e.Estimate),
                    .. errors ? [Text.Figure(e.StandardError ?? double.NaN)] : Array.Empty<string>()])]));
        }
        return t.ToString();
    }

    /// <summary>What is known of the maximum, in a sentence.</summary>
    public static string Proof(MixtureProof? c) => c switch
    {
        null => "none: the search was interrupted.",
        { Shortfall: { } gap } => $"a strict local maximum of ℓ: ‖∇ℓ‖ = {Text.Number(c.GradientNorm!.Value, "G3")}, largest eigenvalue of "
            + $"the Hessian {Text.Number(c.LargestEigenvalue!.Value, "G4")}, so ℓ lies {Text.Number(gap, "G2")} below the maximum to "
            + $"second order. {(c.Supplemented == true ? "By supplemented EM" : "By differences of the score")}; nothing here speaks of "
            + "other maxima.",
        { LargestEigenvalue: < 0 and var most } => $"none: ‖∇ℓ‖ = {Text.Number(c.GradientNorm ?? double.NaN, "G3")}, and the largest "
            + $"eigenvalue of the Hessian, {Text.Number(most, "G4")}, is so near nought that no maximum is known to lie near: as where a "
            + "parameter runs to the edge of its range. No standard errors.",
        { LargestEigenvalue: { } most } => $"none: ‖∇ℓ‖ = {Text.Number(c.GradientNorm ?? double.NaN, "G3")}, and the largest eigenvalue of "
            + $"the Hessian is {Text.Number(most, "G4")}, not below nought by more than its error. No standard errors.",
        { GradientNorm: { } norm } =>
            $"none: ‖∇ℓ‖ = {Text.Number(norm, "G3")}; the Hessian was not computed (more than 500 parameters, or a "
            + "neighbour outside the parameter space). No standard errors.",
        _ => "none: the gradient has no finite value.",
    };

    public static IEnumerable<(string Name, string Value)> Ending(FittedMixture m)
    {
        if (m.Chosen is { } chosen)
        {
            foreach (MixtureRemark r in m.Spec.Family.Remarks(chosen.Fit.Model, chosen.Fit.Theta!)) yield return (r.Name, r.Text);
            yield return ("Certificate", Proof(m.Model.File.Certificate));
            if (m.Model.File.Certificate is { Shortfall: not null } && m.Spec.Search.Supplemented)
                yield return ("Errors", Text.Capital(Errors(m.Spec)) + ": I_com(I − DM), from the complete data and EM's own steps.");
        }
        foreach (string why in Refused(m)) yield return ("Refused", why);
        yield return ("Outcome", m.Outcome.Sentence);
        yield return ("Work", $"{Text.Count(m.Candidates.Sum(c => c.Passes))} passes over the rows"
            + (m.Chosen is { } best ? $", {Text.Count(best.Fit.Best!.Passes)} of them by the start that was taken" : ""));
    }

    /// <summary>Where standard errors are from.</summary>
    public static string Errors(MixtureSpec spec) =>
        spec.Search.Supplemented ? "by supplemented EM (Meng and Rubin 1991)" : "from the observed information";

    static string Family(FittedMixture m) => m.Spec.Family.Name
        + (m.Spec.Family.HasShapes ? $", {MixtureWords.Of(m.Spec.Covariance)} covariance" : "") + $": {m.Spec.Family.Density}";

    static string Starts(FittedMixture m) => $"{m.Estimated.Agreeing} of {Text.Plural(m.Estimated.Starts.Count, "start")} "
        + $"{(m.Estimated.Starts.Count == 1 ? "ends" : "end")} there";

    // One reason for each k: that of the end that looked best, which would have won.
    static IEnumerable<string> Refused(FittedMixture m) => m.Candidates.Where(c => c.Degenerate > 0).Select(c =>
        $"{Text.Plural(c.Degenerate, "start")} of {c.Starts.Count} for k = {c.Components}: "
            + c.Starts.Where(s => s.Degeneracy is not null).MaxBy(s => s.LogLikelihood)!.Degeneracy);

    static string Plain(MixtureFile file)
    {
        StringBuilder t = new();
        string part = MixtureFamilies.Find(file.Family)!.Part;
        for (int j = 0; j < file.Components; j++)
            t.Append(CultureInfo.InvariantCulture,
                $"{part} {j + 1}:{(file.Weights.Length > 0 ? $" weight {Text.Figure(file.Weights[j])}" : "")}")
                .Append(string.Concat(file.Parameters.Where(p => p.Value.Length == file.Components)
                    .Select(p => $"; {p.Key} {string.Join(", ", p.Value[j].Select(Text.Figure))}")))
                .Append('\n');
        return t.ToString();
    }

    static string Likelihood(double x) => double.IsNaN(x) ? "–" : Text.Number(x, "0.000000");

    static string Criterion(double x) => double.IsNaN(x) ? "–" : Text.Number(x, "0.000");

    static void Rows(StringBuilder t, IEnumerable<(string Name, string Value)> rows)
    {
        foreach (var (name, value) in rows) t.Append(CultureInfo.InvariantCulture, $"{name,-13}{value}\n");
    }
}
