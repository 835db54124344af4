using Descent.Algorithms;
using Descent.Guarantees;
using Descent.Models.Constants;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Fitting.Planning;

// What a followed theorem means for the run: its steps, its draws, its average, and the sums that its bound is made of.
static partial class Planner
{
    // Who names a budget and a theorem wants the theorem's horizon, not the first good iterate.
    static bool RunsOut(FitSpec spec) => spec.Method.WantsTheory && (spec.Budget.Steps is not null || spec.Budget.Epochs is not null);

    static Situation SituationOf(FitSpec spec, PilotRun pilot, long steps, double batch)
    {
        double Given(string name, double otherwise) => spec.Method.Numbers.TryGetValue(name, out double x) ? x : otherwise;
        return new(pilot.Constants, steps, batch)
        {
            Radius = Given("radius", RadiusOf(pilot)),
            Epsilon = Given("eps", double.NaN),
            Decay = Given("beta2", 0.9)
        };
    }

    // The ball or box is the smallest that surely holds the minimiser, from w₁ = 0; where D is only estimated, twice that.
    static double RadiusOf(PilotRun pilot) =>
        Math.Max(1e-12, pilot.Constants.Distance.Value * (pilot.Constants.Distance.Evidence == Evidence.Estimate ? 2 : 1));

    // Within a ball or box the slopes of every loss are bounded.
    static PilotRun AtRadius(FitSpec spec, CatalogueEntry entry, EmpiricalRisk<double> risk, PilotRun pilot)
    {
        if (!entry.Parameters.Any(p => p.Name == "radius") || pilot.Constants.Lipschitz.Evidence == Evidence.Assumed) return pilot;
        double radius = spec.Method.Numbers.TryGetValue("radius", out double r) ? r : RadiusOf(pilot);
        return pilot with
        {
            Constants = Pilot.Within(risk, pilot.Constants, entry.IsInBox
            ? radius * Math.Sqrt(risk.Dimension) : radius)
        };
    }

    static TheoryChoice TheoryOf(FitSpec spec, CatalogueEntry entry, PilotRun pilot, long steps, double batch)
    {
        if (spec.Method.StepSize is not null)
            throw new FitException("`StepSize` and `Schedule = theory` both set the step size; leave one out.");
        if (TheoryPick.About(entry.Name).Count == 0)
            throw new FitException($"`Schedule = theory`: no guarantee speaks about `Method = {entry.Name}`. Those with one: "
                + $"{string.Join(", ", Catalogue.All.Where(e => TheoryPick.About(e.Name).Count > 0).Select(e => e.Name))}.");
        bool onePass = entry.PlainSamples && batch < pilot.Constants.Count
            && (steps - 1) * batch < pilot.Constants.Count;
        Situation situation = SituationOf(spec, pilot, steps, batch);
        TheoryChoice choice = TheoryPick.Best(entry.Name, entry.Step is not null, spec.Method.Theorem, situation, onePass)
            ?? throw new FitException($"`Schedule = theory`: {(spec.Method.Theorem is null ? "no guarantee" : spec.Method.Theorem)} "
                + $"about `Method = {entry.Name}` prescribes {(spec.Method.Theorem is null ? "" : "no ")}steps here. "
                + string.Join("; ", TheoryPick.About(entry.Name)
                    .Where(g => spec.Method.Theorem is null || g == TheoryPick.Find(spec.Method.Theorem))
                    .Select(g => $"{g.Id} needs {Wanting(g, situation)}")) + ".");
        RequireDraws(spec, choice);
        return choice with { Pilot = pilot };
    }

    // The assumptions that do not hold, each with its reason.
    static string Wanting(Guarantee g, Situation situation) => string.Join(", ", g.Check(situation)
        .Where(c => c.Verdict.Standing is Standing.Unknown or Standing.Violated)
        .Select(c => $"{c.Assumption.Text} ({c.Verdict.Reason})"));

    static TheoryChoice Asked(FitSpec spec, CatalogueEntry entry, PilotRun pilot, long steps, double batch, IStepSize stepSize)
    {
        Guarantee theorem = TheoryPick.Find(spec.Method.Theorem!);
        if (!TheoryPick.About(entry.Name).Contains(theorem))
            throw new FitException($"`Theorem = {theorem.Id}` is not about `Method = {entry.Name}`.");
        TheoryChoice choice = TheoryPick.Under(theorem,
            SituationOf(spec, pilot, steps, batch) with { Order = theorem.OfUnseenRows ? SampleOrder.Sequential : SampleOrder.Replacement },
            stepSize);
        RequireDraws(spec, choice);
        return choice with { Pilot = pilot };
    }

    static string WordOf(SampleOrder? order) => order switch
    {
        SampleOrder.Sequential => "sequential",
        SampleOrder.Blocks => "blocks",
        _ => "shuffle-once",
    };

    static void RequireDraws(FitSpec spec, TheoryChoice theory)
    {
        if (spec.Method.Order is SampleOrder.Sequential or SampleOrder.ShuffleOnce or SampleOrder.Blocks && !theory.Guarantee.OfUnseenRows)
            throw new FitException($"`Order = {WordOf(spec.Method.Order)}` and "
                + $"{theory.Guarantee.Id}: its proof draws with replacement, which is what it is run with; leave `Order` out.");
    }

    // The bound is about one average, or about the iterate; another one would be compared with what it does not speak about.
    static AverageSpec? AverageOf(FitSpec spec, TheoryChoice theory)
    {
        string? own = theory.Guarantee.Average switch
        {
            null => null,
            AverageKind.StepSizeWeighted => "weighted",
            _ => "uniform",
        };
        if (spec.Method.Average is { } given && given.Text != own)
            throw new FitException($"`Average = {given}`: {theory.Guarantee.Id} is about the "
                + $"{(own is null ? "iterates themselves" : own == "weighted" ? "mean weighted by η_t" : "plain mean")}; leave "
                + $"`Average` out.");
        return own is null ? null : AverageSpec.Parse(own);
    }

    static IDescribed KeepingSums(IDescribed algorithm) => algorithm switch
    {
        StochasticMethod m => m with { Rule = new Recorded(m.Rule) },
        GradientMethod m => m with { Rule = new Recorded(m.Rule) },
        _ => algorithm,
    };

    // w ← w − ηg, nothing behind it, and η_t fixed beforehand.
    static bool TakesPlainSteps(MethodSettings settings) =>
        settings.Build() is StochasticMethod { Rule: Sgd, Set: null } or GradientMethod { Rule: Sgd, Set: null }
        && !settings.StepSize.UsesGradient;

    static Dictionary<string, double> Merge(IReadOnlyDictionary<string, double> given, TheoryChoice theory, CatalogueEntry entry)
    {
        Dictionary<string, double> numbers = new(given);
        foreach (var (name, value) in theory.Prescription.Numbers)
        {
            if (given.TryGetValue(name, out double own) && own != value)
                throw new FitException($"{Number(name)} and {theory.Guarantee.Id} both set {name}; leave it out.");
            if (entry.Parameters.Any(p => p.Name == name) && double.IsFinite(value)) numbers.TryAdd(name, value);
        }
        return numbers;
    }
}
