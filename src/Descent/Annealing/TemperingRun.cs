using Descent.Numerics;

namespace Descent;

/// <summary>Chains side by side, coldest first, that change points with their neighbours.</summary>
sealed class TemperingRun
{
    // Evaluations a coordinate between two searches for kinks at the best point.
    const int BetweenRefinements = 5000;
    readonly MeteredLandscape f;
    readonly AnnealingWalk[] walks;
    readonly Draws draws;
    readonly Ladder ladder;
    readonly long[] tried, changed;
    readonly List<AnnealingMark> trace = [];
    double[] temperatures = [];

    public TemperingRun(MeteredLandscape f, AnnealingOptions options, Ladder ladder)
    {
        (this.f, this.ladder) = (f, ladder);
        draws = new Draws(options.Seed);
        walks = [.. Enumerable.Range(0, ladder.Chains).Select(_ => Walk(f, options, draws.NextWord()))];
        (tried, changed) = (new long[walks.Length - 1], new long[walks.Length - 1]);
    }

    public AnnealingResult Run()
    {
        foreach (AnnealingWalk walk in walks) walk.Begin();
        temperatures = ladder.Temperatures(walks.Average(w => w.Rise));
        int refine = BetweenRefinements * f.Low.Length, next = refine;
        for (int round = 0; !f.IsOver; round++)
        {
            for (int k = 0; k < walks.Length && !f.IsOver; k++) walks[k].Step(1 / temperatures[k]);
            for (int k = round % 2; k + 1 < walks.Length; k += 2) Exchange(k);
            Mark();
            if (f.Count < next) continue;
            walks[0].Refine();
            next = f.Count + refine;
        }
        return new([.. f.Best], f.BestValue, f.Count, f.BestAt, (double)walks.Sum(w => w.Accepted) / walks.Sum(w => w.Proposed), trace,
            f.WasCancelled)
        { Rungs = Rungs() };
    }

    static AnnealingWalk Walk(MeteredLandscape f, AnnealingOptions options, ulong seed) =>
        options.Polish ? new AnnealingHops(f, options, seed) : new AnnealingChain(f, options, seed);

    void Exchange(int k)
    {
        double u = draws.NextDouble(), colder = 1 / temperatures[k], hotter = 1 / temperatures[k + 1];
        tried[k]++;
        if (!(u < Math.Exp((colder - hotter) * (walks[k].Value - walks[k + 1].Value)))) return;
        changed[k]++;
        walks[k].Exchange(walks[k + 1]);
    }

    void Mark()
    {
        if (f.Count < (long)(trace.Count / walks.Length) * f.Budget / AnnealingMark.Most) return;
        for (int k = 0; k < walks.Length; k++)
            trace.Add(new(f.Count, temperatures[k], walks[k].Value, f.BestValue, walks[k].Acceptance, walks[k].Point, k));
    }

    LadderRung[] Rungs() => [.. walks.Select((w, k) =>
        new LadderRung(temperatures[k], w.Acceptance, k < tried.Length ? (double)changed[k] / tried[k] : double.NaN))];
}
