namespace Descent.Parallel;

/// <summary>Steps that workers take in turn.</summary>
static class Turns
{
    /// <summary>How many of the first <paramref name="steps"/> steps are worker k's, when worker 0 begins: ⌈(s − k)/R⌉.</summary>
    public static long Of(int worker, long steps, int workers) => steps <= worker ? 0 : (steps - worker + workers - 1) / workers;

    /// <summary>Refuses an objective with a non-smooth part.</summary>
    public static void RequireSmooth(Oracles.IOracle oracle, string method)
    {
        if (oracle.NonSmooth is { } part)
            throw new ArgumentException($"{method} takes no proximal steps, and the objective carries a non-smooth part "
                + $"({part.Description}). Use sgd, svrg, saga or fista.");
    }
}
