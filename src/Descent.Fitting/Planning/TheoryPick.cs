using Descent.Guarantees;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Fitting.Planning;

/// <summary>Which theorem a fit follows: one that is named, or the best that the problem allows.</summary>
static class TheoryPick
{
    /// <summary>
    /// The theorems that speak about a method of the catalogue and prescribe steps; the reported average of averaged-sgd is one of sgd's.
    /// </summary>
    public static IReadOnlyList<Guarantee> About(string method) =>
        [.. Theory.Of(Catalogue.Find(method)?.AveragedOf ?? method)
        .Where(g => !g.PrescribesPenalty && (Catalogue.Find(method)?.AveragedOf is null || g.Average is not null))];

    /// <summary>The method that a named theorem speaks about.</summary>
    public static string MethodOf(string theorem) => Find(theorem) is { Method.Length: > 0 } g
        ? g.Method
        : throw new FitException($"`Theorem = {theorem}` is about no method of a fit: {Find(theorem).Title}.");

    /// <summary>A theorem by its name.</summary>
    public static Guarantee Find(string theorem) => TheoremNames.Find(theorem) ?? throw new FitException(TheoremNames.Unknown(theorem));

    /// <summary>
    /// The theorem to follow: one that promises where that can be had, then one with open assumptions; bounds on the gap before bounds on
    /// gradients, the smallest bound first. Null when none speaks about the method, or none prescribes steps.
    /// </summary>
    /// <param name="method">Name in the catalogue of methods.</param>
    /// <param name="needsStep">Whether the method takes a step size from outside.</param>
    /// <param name="theorem">The one that is named; null leaves the choice.</param>
    /// <param name="situation">Problem and horizon.</param>
    /// <param name="onePass">Whether the budget is one pass over the rows, which then speaks of rows never seen.</param>
    public static TheoryChoice? Best(string method, bool needsStep, string? theorem, Situation situation, bool onePass)
    {
        IReadOnlyList<Guarantee> about = About(method);
        if (theorem is not null)
        {
            Guarantee named = Find(theorem);
            if (!about.Contains(named)) throw new FitException(Misfit(named, method, situation));
            return Choose(named, situation, needsStep);
        }
        TheoryChoice? best = null;
        (int, int, int, double) rank = (int.MaxValue, 0, 0, 0);
        foreach (Guarantee g in about.Where(g => g.OfUnseenRows == onePass))
        {
            if (Choose(g, situation, needsStep) is not { } choice) continue;
            double bound = g.BoundUnder(choice.Situation, choice.Prescription), gap = g.GapFrom(choice.Situation, bound);
            (int, int, int, double) own =
                (Place(choice), double.IsFinite(bound) ? 0 : 1, double.IsNaN(gap) ? 1 : 0, double.IsNaN(gap) ? bound : gap);
            if (own.CompareTo(rank) < 0) (best, rank) = (choice, own);
        }
        return best;
    }

    /// <summary>The named theorem under step sizes of the user's own.</summary>
    public static TheoryChoice Under(Guarantee theorem, Situation situation, IStepSize steps) =>
        new(theorem, situation, new Prescription(steps)) { ForeignSteps = true };

    static TheoryChoice? Choose(Guarantee g, Situation situation, bool needsStep)
    {
        // One pass over rows in an order fixed beforehand is as good as fresh draws for the true loss; for the training loss draws are with
        // replacement.
        Situation s = situation with { Order = g.OfUnseenRows ? SampleOrder.Sequential : SampleOrder.Replacement };
        Prescription p = g.Prescribe(s);
        return needsStep && !(p.Eta > 0 && double.IsFinite(p.Eta)) ? null : new TheoryChoice(g, s, p);
    }

    static int Place(TheoryChoice c) => c.Promises || c.PromisesFromRun ? 0 : c.Standing == Standing.Violated ? 2 : 1;

    static string Misfit(Guarantee named, string method, Situation s) => named.PrescribesPenalty
        ? $"`Theorem = {named.Id}` prescribes a penalty and not steps: give `L2 = "
            + $"{Text.Number(TheoryStep.Ridge(s.H, Math.Max(3, s.Steps)).Lambda, "G6")}` to `Method = gd` for {Text.Count(s.Steps)} steps."
        : $"`Theorem = {named.Id}` is about {(named.Method.Length > 0 ? $"`Method = {named.Method}`" : named.Title)}, not `Method = "
            + $"{method}`"
            + (About(method) is { Count: > 0 } own ? $"; about that one there are {string.Join(", ", own.Select(g => g.Id))}." : ".");
}
