namespace Descent.Fitting;

/// <summary>Minimises a function over a box by simulated annealing or parallel tempering: the door for programs.</summary>
public static class Anneal
{
    /// <summary>
    /// The best of <paramref name="restarts"/> independent runs of <see cref="SimulatedAnnealing"/>, or of <see cref="ParallelTempering"/>
    /// where the options have a ladder, which share the evaluations evenly (a remainder is left). The first run has the seed of the
    /// options, the others seeds drawn from it. Evaluations are summed; trace, chains, acceptance and the moment of the best point (counted
    /// over all runs) are those of the best run.
    /// </summary>
    /// <param name="f">The function; a value that is not finite is a point that is refused.</param>
    /// <param name="box">Lower and upper bound of each coordinate.</param>
    /// <param name="options">Budget, seed, cooling or ladder; null: the defaults.</param>
    /// <param name="restarts">Independent runs, at least 1.</param>
    /// <exception cref="ArgumentException">An empty box, too few evaluations, no run.</exception>
    public static AnnealingResult Minimize(
        Landscape f, IReadOnlyList<(double Low, double High)> box, AnnealingOptions? options = null, int restarts = 1)
    {
        ArgumentNullException.ThrowIfNull(box);
        options ??= new();
        if (restarts < 1) throw new FitException($"{restarts} runs were asked for; at least 1 is needed.");
        double[] low = [.. box.Select(b => b.Low)], high = [.. box.Select(b => b.High)];
        int each = options.BudgetFor(box.Count) / restarts;
        Draws seeds = new(options.Seed);
        AnnealingResult? best = null;
        int spent = 0;
        bool interrupted = false;
        for (int k = 0; k < restarts && !(k > 0 && (interrupted || best!.Value <= options.Target)); k++)
        {
            ulong seed = k == 0 ? options.Seed : seeds.NextWord();
            AnnealingOptions own = options with { Evaluations = each, Seed = seed };
            AnnealingResult run = own.Ladder is null ? SimulatedAnnealing.Minimize(f, low, high, own)
                : ParallelTempering.Minimize(f, low, high, own);
            if (best is null || run.Value < best.Value) best = run with { BestAt = spent + run.BestAt };
            spent += run.Evaluations;
            interrupted = run.Interrupted;
        }
        return best! with { Evaluations = spent, Interrupted = interrupted };
    }
}
