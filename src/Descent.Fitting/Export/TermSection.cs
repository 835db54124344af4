using System.Text.Json;
using Descent.Reports;

namespace Descent.Fitting.Export;

/// <summary>The tests of terms, in words, on the page and as JSON.</summary>
static class TermSection
{
    static string Kind(RiskFit fit) => fit.StatisticName == "t" ? "F" : "χ²";

    static string[] Head(RiskFit fit) => ["term", "df", $"Wald {Kind(fit)}", "p",
        fit.StatisticName == "t" ? "F without it" : "likelihood ratio", "p", "VIF"];

    static IReadOnlyList<string> Row(TermTest t) => [t.Name, Words.Text.Count(t.Degrees), Figure(t.Wald), Tail(t.WaldP), Figure(t.Ratio),
        Tail(t.RatioP), Figure(t.Inflation)];

    static string Figure(double x) => double.IsFinite(x) ? Words.Text.Number(x, "G6") : "–";

    static string Tail(double p) => double.IsFinite(p) ? Words.Text.PValue(p) : "–";

    static string Condition(RiskFit fit) => $"Condition number of the columns (information scaled to a unit diagonal): "
        + $"{Figure(fit.Condition)}.";

    /// <summary>The table and the condition number; empty where there are no tests.</summary>
    public static string Text(RiskFit fit) =>
        fit.Terms.Count == 0 ? "" : TextTable.Render(Head(fit), [.. fit.Terms.Select(Row)]) + Condition(fit) + "\n";

    /// <summary>The same on a page.</summary>
    public static void Add(HtmlReport page, RiskFit fit)
    {
        if (fit.Terms.Count == 0) return;
        page.Heading("Tests of terms").Table(Head(fit), fit.Terms.Select(Row)).Paragraph(Condition(fit));
    }

    /// <summary>The same as JSON.</summary>
    public static void Write(Utf8JsonWriter w, RiskFit fit)
    {
        if (fit.Terms.Count == 0) return;
        w.WriteStartArray("terms");
        foreach (TermTest t in fit.Terms)
        {
            w.WriteStartObject();
            w.WriteString("name", t.Name);
            w.WriteNumber("degreesOfFreedom", t.Degrees);
            FitJson.Number(w, "wald", t.Wald);
            FitJson.Number(w, "waldP", t.WaldP);
            FitJson.Number(w, "ratio", t.Ratio);
            FitJson.Number(w, "ratioP", t.RatioP);
            FitJson.Number(w, "vif", t.Inflation);
            w.WriteEndObject();
        }
        w.WriteEndArray();
        FitJson.Number(w, "conditionNumber", fit.Condition);
    }
}
