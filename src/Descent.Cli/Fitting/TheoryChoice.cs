using Descent.Guarantees;
using Descent.Oracles;

namespace Descent.Cli.Fitting;

/// <summary>A guarantee chosen for a method on a problem, with what it prescribes for a horizon.</summary>
sealed record TheoryChoice(Guarantee Guarantee, Situation Situation, Prescription Prescription)
{
    /// <summary>The bound after some steps under the prescription, as a gap of F where one follows.</summary>
    public double BoundAt(long steps) => Guarantee.BoundUnder(Situation with { Steps = Math.Max(1, steps) }, Prescription);

    /// <summary>What the theorem says at its horizon.</summary>
    public string Sentence => $"{Guarantee.Id} ({Guarantee.Source.Split(" (")[0].Split(';')[0]}): {Guarantee.MeasureInWords} ≤ {Output.Text.Number(Guarantee.BoundUnder(Situation, Prescription), "G4")} after {Output.Text.Count(Situation.Steps)} steps";

    /// <summary>The assumptions, each with its verdict.</summary>
    public IEnumerable<string> Assumptions => Guarantee.Check(Situation).Select(c => $"{c.Assumption.Text}: {Word(c.Verdict.Standing)}, {c.Verdict.Reason}");

    static string Word(Standing s) => s switch
    {
        Standing.Holds => "holds",
        Standing.Violated => "violated",
        _ => "unknown",
    };

    /// <summary>The theorems that speak about a method of the catalogue; the reported average of averaged-sgd is one of sgd's.</summary>
    public static IReadOnlyList<Guarantee> About(string method) => [.. Theory.Of(method == "averaged-sgd" ? "sgd" : method).Where(g => g.Id != "G29" && (method != "averaged-sgd" || g.Average is not null))];

    /// <summary>
    /// The theorem to follow: no assumption violated where that can be had, proved before open ones, bounds on the gap before bounds on gradients, the smallest bound first. Null when none
    /// speaks about the method, or none can be computed.
    /// </summary>
    public static TheoryChoice? Pick(string method, Situation situation)
    {
        TheoryChoice? best = null;
        (int, int, double) rank = (int.MaxValue, 0, 0);
        // One pass over the rows speaks of rows never seen, which is more than a bound on the training loss.
        bool onePass = situation.Order == SampleOrder.Sequential;
        foreach (Guarantee g in About(method).Where(g => (g.Id == "G3") == onePass))
        {
            Prescription p = g.Prescribe(situation);
            double bound = g.BoundUnder(situation, p), gap = g.GapFrom(situation, bound);
            if (!double.IsFinite(bound) || !(p.Eta > 0)) continue;
            int standing = g.StandingIn(situation) switch
            {
                Standing.Holds => 0,
                Standing.Unknown => 1,
                _ => 2,
            };
            (int, int, double) own = (standing, double.IsNaN(gap) ? 1 : 0, double.IsNaN(gap) ? bound : gap);
            if (own.CompareTo(rank) >= 0) continue;
            (best, rank) = (new TheoryChoice(g, situation, p), own);
        }
        return best;
    }
}
