using Descent.Reports;
using Descent.Reports.Charts;
using Descent.Runs;

namespace Descent.Fitting.Export;

/// <summary>
/// The HTML report of a comparison: the gap against epochs and against seconds, every seed of a method in its colour, and the table.
/// </summary>
static class CompareReport
{
    public static string Build(FitSpec spec, LoadedData data, Comparison c, IReadOnlyList<string> head,
        IReadOnlyList<IReadOnlyList<string>> rows, DateTimeOffset? date = null)
    {
        HtmlReport page = new($"{c.Entrants.Count} methods on {data.Model} fits of {data.Target}");
        page.Lead(data.Lines[0])
            .Tiles(("F* proved at least", Text.AtLeast(c.LowerBound, 10)), ("smallest F met", Text.Number(c.Best, "G10")),
                ("relative uncertainty of F*", Text.Number(Math.Max(0, c.Uncertainty), "G2")))
            .Heading("Time to accuracy").Paragraph("Medians over the seeds of the first point within a relative gap of F*; – where it "
                + "was not reached within the budget.").Table(head, rows)
            .Heading("Gap along the run").Charts(
                Gap(c, "epochs (n single gradients each)", p => p.Epochs, false),
                Gap(c, "seconds, of the method alone", p => p.Seconds, true),
                Gap(c, "gradients, single", p => p.Gradients, true))
            .Heading("What was run");
        page.Settings(c.Entrants.Select(e =>
            (e.Entry.Name, $"{e.Runs[0].Plan.Recursion} ({string.Join("; ", e.Runs[0].Plan.Values)}). {e.Runs[0].Run.Outcome.Sentence}")));
        return page.Heading("To repeat this").Code(spec.Caller.Text).Stamped(date).Build();
    }

    static Chart Gap(Comparison c, string label, Func<TracePoint, double> of, bool logarithmic)
    {
        List<Series> series = [];
        for (int k = 0; k < c.Entrants.Count; k++)
        {
            Comparison.Entrant e = c.Entrants[k];
            for (int r = 0; r < e.Runs.Count; r++)
            {
                // Below the certainty of F* a gap says nothing.
                double floor = Math.Max(1e-16, Math.Abs(c.Best - c.LowerBound)) / Math.Abs(c.Reference);
                TracePoint[] points = [.. e.Runs[r].Run.Trace.Where(p => double.IsFinite(p.Value) && (!logarithmic || of(p) > 0))];
                series.Add(new Series(r == 0 ? e.Entry.Name
                    : "", [.. points.Select(of)],
                    [.. points.Select(p => Math.Max(floor, (p.Value - c.Reference) / Math.Abs(c.Reference)))])
                { Colour = k });
            }
        }
        return new Chart
        {
            Title = "Relative gap against " + label.Split(' ', ',')[0],
            XLabel = label,
            YLabel = "(F − F*)/|F*|",
            Width = 440,
            Height = 310,
            LogY = true,
            LogX = logarithmic,
            Series = series
        };
    }
}
