using Descent.Estimating;
using Descent.Reports;
using Descent.Reports.Charts;

namespace Descent.Cli.Commands;

/// <summary>The HTML report of <c>descent estimate</c>: the table, and the path of every estimate with its interval.</summary>
sealed class EstimateReport(EstimateAccount account, EstimateRequest request, EstimatePath path)
{
    public string Html(DateTimeOffset now)
    {
        HtmlReport page = new HtmlReport("Estimates of " + account.Subject).Lead(account.Head);
        if (account.Interrupted) page.Verdict("Interrupted", "These are the estimates of the numbers until then.", false);
        page.Heading("Estimates").Table(account.Columns, account.Rows).Paragraph(EstimateAccount.Caution);
        page.Heading("Path of the estimates");
        if (path.Points.Count > 1)
            page.Charts([.. request.Asked.Select((a, j) => Course(a.Name, j))]).Paragraph($"Each estimate after so many numbers, with "
                + $"its {account.Percent} interval dashed. A path that wanders out of its early intervals belongs to numbers in an order.");
        else page.Paragraph("Fewer numbers than a path begins with.");
        return page.Heading("To repeat this run").Code(request.Caller.Text).Settings(account.Settings).Stamped(now).Build();
    }

    Chart Course(string name, int j)
    {
        double[] rows = [.. path.Points.Select(p => (double)p.Rows)];
        return new()
        {
            Title = Text.Capital(name),
            XLabel = "numbers seen",
            YLabel = "estimate",
            LogX = true,
            Series = [new("", rows, Along(j, f => f.Value)) { Colour = 0 }, new("", rows, Along(j, f => f.Low), Mark.Dashed) { Colour = 0 },
                new("", rows, Along(j, f => f.High), Mark.Dashed) { Colour = 0 }],
        };
    }

    // What is not finite is left out of the line.
    double[] Along(int j, Func<StreamEstimate, double> of) =>
        [.. path.Points.Select(p => p.Found[j] is { } f && double.IsFinite(of(f)) ? of(f) : double.NaN)];
}
