using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;

namespace Descent.Surface;

/// <summary>The generated part of a method's page: the catalogue entry and the XML documentation of the types behind it.</summary>
static class MethodPage
{
    static readonly Lazy<Dictionary<string, XElement>> Documentation = new(() =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Descent.Core.xml")).Descendants("member")
            .ToDictionary(m => m.Attribute("name")!.Value));

    public static string Generate(CatalogueEntry e)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"\n{Prose.Wrap($"**{e.Title}** — {e.Id}; {e.Source}.")}\n\n```\n{e.Recursion}\n```\n\n");
        text.Append("| | |\n|---|---|\n");
        text.Append(CultureInfo.InvariantCulture,
            $"| command line | `fit --method {e.Name}`{Also(e)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| needs | {e.NeedsText} |\n| a step costs | {e.FullCost} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| step size | {(e.Step is null ? "finds its own" : e.Step.Why)} |\n");
        if (e.CanSample)
            text.Append(CultureInfo.InvariantCulture,
                $"| batch, order | {e.Batch}, {(e.Order == SampleOrder.Shuffle ? "shuffled every epoch" : "with replacement")} |\n");
        if (e.Average is { } average) text.Append(CultureInfo.InvariantCulture, $"| reports | {average.Description} |\n");
        text.Append(CultureInfo.InvariantCulture,
            $"| L1 penalty | {e.PenaltyText} |\n");
        if (e.Parameters.Count > 0)
        {
            text.Append("\n| number | symbol | default | range | what it is |\n|---|---|---|---|---|\n");
            foreach (MethodParameter p in e.Parameters)
                text.Append(CultureInfo.InvariantCulture,
                    $"| `{p.Name}` | {p.Symbol} | {Default(p)} | {p.Range} | {p.What} |\n");
        }
        foreach (Type type in Behind(e)) Describe(type, text);
        text.Append(CultureInfo.InvariantCulture, $"\n![The gap of {e.Name} on a small logistic regression](img/{e.Name}.svg)\n\n");
        return text.ToString();
    }

    static string Also(CatalogueEntry e) =>
        e.Aliases.Count == 0 ? "" : $" (also {string.Join(", ", e.Aliases.Select(a => $"`{a}`"))})";

    static string Default(MethodParameter p) =>
        double.IsNaN(p.Default) ? "derived" : p.Default.ToString("G6", CultureInfo.InvariantCulture);

    // The estimator when it is what makes the method, and the rule when it is; the method itself when it is neither.
    static List<Type> Behind(CatalogueEntry e)
    {
        object method = MethodPictures.Build(e);
        return method switch
        {
            StochasticMethod { Estimator: Minibatch, StepSize: StepSizes.Polyak p } => [p.GetType()],
            StochasticMethod { Estimator: Minibatch } m when e.Average is not null && m.Rule is Sgd => [typeof(Averaged<,>)],
            StochasticMethod { Estimator: Minibatch } m => [m.Rule.GetType()],
            StochasticMethod { Rule: Sgd } m => [m.Estimator.GetType()],
            StochasticMethod m => [m.Rule.GetType(), m.Estimator.GetType()],
            FiniteSumMethod m => [m.Estimator.GetType()],
            GradientMethod m => [m.Rule.GetType()],
            _ => [method.GetType()],
        };
    }

    static void Describe(Type type, StringBuilder text)
    {
        XElement member = Documentation.Value["T:" + type.FullName];
        text.Append(CultureInfo.InvariantCulture, $"\n### `{type.Name.Split('`')[0]}`\n\n{Plain(member.Element("summary")!)}\n");
        if (member.Element("remarks") is { } remarks) text.Append(CultureInfo.InvariantCulture, $"\n{Plain(remarks)}\n");
    }

    static string Plain(XElement element)
    {
        StringBuilder text = new();
        foreach (XNode node in element.Nodes())
        {
            text.Append(node switch
            {
                XElement { Name.LocalName: "c" } c => $"`{c.Value}`",
                XElement { Name.LocalName: "em" } em => $"*{em.Value}*",
                XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
                XElement other => other.Value,
                XText t => t.Value,
                _ => "",
            });
        }
        return Prose.Wrap(Regex.Replace(text.ToString().Trim(), @"\s+", " ").Replace("|", "\\|", StringComparison.Ordinal));
    }
}
