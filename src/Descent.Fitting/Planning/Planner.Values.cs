using Descent.Algorithms;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Fitting.Planning;

// The numbers of a run, each with where it comes from.
static partial class Planner
{
    static List<string> ValuesOf(FitSpec spec, EmpiricalRisk<double> risk, MethodSettings settings, Visits visits, string etaWhy,
        bool byTheory)
    {
        CatalogueEntry entry = settings.Entry;
        List<string> values = [];
        if (CompressionText.Of<double>(settings, risk.Dimension) is { } travels) values.Add(travels);
        if (entry.Step is not null) values.Add($"η₀ = {Text.Number(settings.StepSize.Next(new StepInfo(0)))} ({etaWhy})");
        foreach (MethodParameter p in entry.Parameters)
            if (!double.IsNaN(settings[p.Name]) && settings.Uses(p))
                values.Add($"{p.Symbol} = {Text.Number(settings[p.Name])} ({Whence(spec, settings, p)})");
        if (visits.IsSampled)
            values.Add($"batch {visits.Batch}, order {InWords(visits.Sampling.Order)}, {Text.Plural(visits.PerEpoch, "step")} an epoch");
        if (entry.Step is not null && settings.StepSize.BestEnd(visits.Planned) is var end && end < visits.Planned)
            values.Add($"ends after {Text.Plural(end, "step")}, with the last whole phase");
        int threads = risk.Options.Workers?.Count ?? 1;
        values.Add($"seed {spec.Seed}, {Text.Plural(threads, "thread")}");
        if (entry.Races is { } races && threads > 1) values.Add($"not deterministic: {races}");
        if (!byTheory && visits.IsSampled && entry.Step is not null && !entry.ReducesVariance)
            values.Add("Robbins–Monro: " + RobbinsMonro.Check(settings.StepSize).Sentence);
        return values;
    }

    static string Whence(FitSpec spec, MethodSettings settings, MethodParameter p) =>
        spec.Method.Numbers.ContainsKey(p.Name) ? "given" : settings.Given.ContainsKey(p.Name) ? "theory" : "default";

    static string InWords(SampleOrder order) => order switch
    {
        SampleOrder.Shuffle => "shuffled every epoch",
        SampleOrder.ShuffleOnce => "shuffled once",
        SampleOrder.Sequential => "as in the file",
        SampleOrder.Blocks => "in blocks, shuffled every epoch",
        _ => "with replacement",
    };
}
