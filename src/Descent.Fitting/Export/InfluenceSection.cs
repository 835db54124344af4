using System.Text.Json;
using Descent.Reports;
using Descent.Reports.Charts;

namespace Descent.Fitting.Export;

/// <summary>The rows that hold a fit, in words, on the page and as JSON.</summary>
static class InfluenceSection
{
    const int MostDrawn = 3000;

    static readonly string[] head = ["row", "leverage", "std. residual", "Cook's distance", "DFFITS"];

    static IReadOnlyList<string> Line(InfluentialRow r) => [Words.Text.Count(r.Row), Words.Text.Number(r.Leverage, "0.000000"),
        Figure(r.Standardised, "0.0000"), Figure(r.CooksDistance, "0.000000"), Figure(r.Dffits, "0.0000")];

    static string Figure(double x, string format) => double.IsFinite(x) ? Words.Text.Number(x, format) : "–";

    static string Count(RiskFit fit, InfluenceTable t) =>
        $"Leverages are {Words.Text.Number(t.Parameters / (t.Observations ?? t.All.Count), "G4")} in the mean "
        + $"({Words.Text.Plural(t.Parameters, "coefficient")}, {Words.Text.Plural(t.All.Count, "row")}"
        + (t.Observations is { } n ? $" that stand for {Words.Text.Number(n)}" : "") + "); rows are numbered from 1"
        + (fit.Data.RowNumber is not null ? ", as in the data." : fit.Data.Skipped > 0 ? " among those that were used." : ".");

    /// <summary>The short list; empty where it was not asked for.</summary>
    public static string Text(RiskFit fit) => fit.Influence switch
    {
        null => "",
        { Absent: { } why } => $"No influence of rows: {why}\n",
        var t => "Most influential rows, by Cook's distance:\n" + TextTable.Render(head, [.. t.Top.Select(Line)]) + Count(fit, t) + "\n",
    };

    /// <summary>The short list and two pictures.</summary>
    public static void Add(HtmlReport page, RiskFit fit)
    {
        if (fit.Influence is not { } t) return;
        page.Heading("Influence of rows");
        if (t.Absent is { } why)
        {
            page.Paragraph("Not told: " + why);
            return;
        }
        page.Charts(Distances(t), AgainstLeverage(t)).Paragraph("The rows of largest Cook's distance. " + Count(fit, t))
            .Table(head, t.Top.Select(Line));
    }

    // All rows where they are few; else evenly chosen ones and the short list.
    static InfluentialRow[] Drawn(InfluenceTable t)
    {
        int stride = Math.Max(1, (t.All.Count + MostDrawn - 1) / MostDrawn);
        HashSet<InfluentialRow> top = [.. t.Top];
        return [.. t.All.Where((r, i) => (i % stride == 0 || top.Contains(r)) && double.IsFinite(r.CooksDistance))];
    }

    static Chart Distances(InfluenceTable t)
    {
        InfluentialRow[] rows = Drawn(t);
        return new Chart
        {
            Title = "Cook's distance by row",
            Width = 390,
            XLabel = "row",
            YLabel = "Cook's distance",
            Series = [Dots("", rows, r => r.Row, r => r.CooksDistance)],
        };
    }

    static Chart AgainstLeverage(InfluenceTable t)
    {
        InfluentialRow[] rows = Drawn(t), top = [.. t.Top.Where(r => double.IsFinite(r.CooksDistance))];
        double most = rows.Select(r => r.Leverage).Append(0).Max();
        return new Chart
        {
            Title = "Standardised residuals against leverage",
            Width = 390,
            XLabel = "leverage",
            YLabel = "standardised residual",
            Series = [new Series("", [0, most], [0, 0], Mark.Dashed), Dots("rows", rows, r => r.Leverage, r => r.Standardised),
                Dots("the rows of the table", top, r => r.Leverage, r => r.Standardised)],
        };
    }

    static Series Dots(string name, InfluentialRow[] rows, Func<InfluentialRow, double> x, Func<InfluentialRow, double> y) =>
        new(name, [.. rows.Select(x)], [.. rows.Select(y)], Mark.Dots);

    /// <summary>The same as JSON.</summary>
    public static void Write(Utf8JsonWriter w, RiskFit fit)
    {
        if (fit.Influence is not { } t) return;
        if (t.Absent is { } why)
        {
            w.WriteString("noInfluence", why);
            return;
        }
        w.WriteStartArray("influence");
        foreach (InfluentialRow r in t.Top)
        {
            w.WriteStartObject();
            w.WriteNumber("row", r.Row);
            FitJson.Number(w, "leverage", r.Leverage);
            FitJson.Number(w, "standardisedResidual", r.Standardised);
            FitJson.Number(w, "cooksDistance", r.CooksDistance);
            FitJson.Number(w, "dffits", r.Dffits);
            w.WriteEndObject();
        }
        w.WriteEndArray();
    }
}
