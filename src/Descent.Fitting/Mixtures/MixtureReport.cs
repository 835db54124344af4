using System.Globalization;
using Descent.Reports;
using Descent.Reports.Charts;
using Descent.Runs;

namespace Descent.Fitting.Mixtures;

/// <summary>The HTML report of a mixture.</summary>
static class MixtureReport
{
    /// <summary>The page.</summary>
    /// <param name="m">The mixture.</param>
    /// <param name="date">When it was made; null leaves it out.</param>
    public static string Build(FittedMixture m, DateTimeOffset? date = null)
    {
        HtmlReport page = new HtmlReport($"{Named(m.Spec.Family)} of {(m.Data.Target is { } y ? $"{y} on " : "")}"
            + Text.Names(m.Data.Columns)).Lead(m.Data.Line);
        (string head, bool? good) = Verdict(m);
        page.Verdict(head, m.Outcome.Sentence, good);
        if (m.Chosen is { } chosen)
        {
            page.Tiles(
                (m.Spec.Family.Part + "s", Text.Count(chosen.Components)), ("log-likelihood", Text.Number(chosen.LogLikelihood, "G10")),
                ("BIC", Text.Number(chosen.Bic, "G8")), ("ICL", Text.Number(chosen.Icl, "G8")),
                ("starts that agree", $"{chosen.Agreeing} of {chosen.Starts.Count}"));
            Components(page, m);
            Pictures(page, m);
        }
        page.Heading($"Numbers of {m.Spec.Family.Part}s").Table(MixtureText.CandidateHead, MixtureText.Candidates(m));
        if (m.Candidates.Count(c => c.Fit.Theta is not null) > 1) page.Charts(MixtureCharts.Criteria(m.Candidates));
        if (m.Chosen is { } best) page.Heading("Course of the search").Charts(MixtureCharts.Traces(best));
        return page.Heading("To repeat this run").Code(m.Spec.Caller.Text).Settings([.. MixtureText.Head(m), .. MixtureText.Ending(m)])
            .Stamped(date).Build();
    }

    static (string Head, bool? Good) Verdict(FittedMixture m) => m.Outcome.Kind switch
    {
        OutcomeKind.Converged when m.Certificate is { IsLocalMaximum: true } =>
            ("Converged to a local maximum of the likelihood; nothing certifies that it is the highest", null),
        OutcomeKind.Converged => ("Converged; no local maximum is certified", false),
        var kind => ReportVerdict.Of(kind),
    };

    static void Components(HtmlReport page, FittedMixture m)
    {
        page.Heading(Text.Capital(m.Spec.Family.Part) + "s");
        if (m.Model.File.Certificate is { } c)
        {
            Estimates(page, c, m);
            page.Paragraph("Certificate: " + MixtureText.Proof(c));
        }
        if (!m.Spec.Family.Allocates || m.Data.Values.IsMapped) return;
        page.Table([m.Spec.Family.Part, "rows", "their mean responsibility", "rows below 0.9"], Allocation(m));
    }

    // Errors in brackets, or where that would be too wide for a narrow screen in columns of their own, which make a list there.
    static void Estimates(HtmlReport page, MixtureProof c, FittedMixture m)
    {
        int k = m.Components;
        string part = m.Spec.Family.Part;
        bool errors = c.Estimates.Any(e => e.StandardError is not null), apart = errors && k > 2;
        MixtureEstimate[] common = [.. c.Estimates.Where(e => e.Component == 0)];
        if (common.Length > 0) page.Table(["", "estimate"], common.Select(e => (IReadOnlyList<string>)[e.Name, .. Cells(e, false)]));
        if (common.Length < c.Estimates.Count)
            page.Table(["", .. Enumerable.Range(1, k).SelectMany(j => apart ? [$"{part} {j}", "s.e."] : new[] { $"{part} {j}" })],
                c.Estimates.Where(e => e.Component > 0).GroupBy(e => e.Name)
                    .Select(g => (IReadOnlyList<string>)[g.Key, .. g.OrderBy(e => e.Component).SelectMany(e => Cells(e, apart))]));
        if (errors) page.Paragraph($"Standard errors{(apart ? " (s.e.)" : " in brackets")} {MixtureText.Errors(m.Spec)}.");
    }

    static string Named(MixtureFamily f) => f.HasSequences ? f.Title + " chain" : f.Allocates ? f.Title + " mixture" : f.Title;

    static string[] Cells(MixtureEstimate e, bool apart)
    {
        string value = Text.Number(e.Estimate, "G6");
        if (e.StandardError is not { } s) return apart ? [value, "–"] : [value];
        string error = Text.Number(s, "G3");
        return apart ? [value, error] : [$"{value} ({error})"];
    }

    // Rows by their most probable component.
    static IEnumerable<IReadOnlyList<string>> Allocation(FittedMixture m)
    {
        MixtureAllocation rows = MixtureAllocation.Of(m);
        for (int j = 0; j < m.Components; j++)
        {
            double[] mine = [.. rows.Probabilities.Where((_, i) => rows.Components[i] == j)];
            yield return
            [
                (j + 1).ToString(CultureInfo.InvariantCulture), Text.Count(mine.Length),
                mine.Length == 0 ? "–" : Text.Number(mine.Average(), "0.0000"), Text.Count(mine.Count(p => p < MixtureAllocation.Sure)),
            ];
        }
    }

    static void Pictures(HtmlReport page, FittedMixture m)
    {
        if (m.Data.Values.IsMapped)
        {
            page.Heading("Rows and " + m.Spec.Family.Part + "s").Paragraph($"The {Text.Count(m.Data.Count)} rows take "
                + $"{Text.Bytes(m.Data.Bytes)} and lie in a file, so that they are neither drawn nor allocated here.");
            return;
        }
        (List<Chart> charts, string said) = MixturePictures.Of(m);
        page.Heading("Rows and " + m.Spec.Family.Part + "s").Charts([.. charts]).Paragraph(said);
    }
}
