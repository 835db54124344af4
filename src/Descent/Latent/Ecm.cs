namespace Descent.Latent;

/// <summary>
/// Expectation and conditional maximisations: each cycle is one E-step and then the steps in their order,
/// each over its block of θ. Steps on Q alone are ECM (one step over all of θ is EM); with steps on the observed likelihood it is ECME.
/// </summary>
/// <remarks>
/// Cost of a cycle: one pass over the data for the E-step, and what the steps cost. Memory: two θ and the statistics.
/// Rows are added in their order by one thread, so the same data give the same bits.
/// Sources: Meng and Rubin 1993 (ECM); Liu and Rubin 1994 (ECME); Meng and van Dyk 1997, on the order of the steps.
/// </remarks>
public sealed class Ecm
{
    readonly ILatentModel model;
    readonly IReadOnlyList<ConditionalStep> steps;

    /// <summary>A cycle of these steps on this model. <see cref="ArgumentException"/> without a step.</summary>
    public Ecm(ILatentModel model, params IReadOnlyList<ConditionalStep> steps)
    {
        if (steps.Count == 0)
            throw new ArgumentException("A cycle needs at least one conditional step; got none. Give a list with one step a block of θ.");
        this.model = model;
        this.steps = steps;
    }

    /// <summary>
    /// Whether a cycle cannot lower the observed log-likelihood: every step on Q comes before the first on the likelihood.
    /// After a likelihood step Q of the cycle's E-step is no longer a minorant that
    /// touches at the current θ, and a step up on Q may go down on the likelihood.
    /// </summary>
    public bool IsMonotone
    {
        get
        {
            bool observed = false;
            foreach (ConditionalStep step in steps)
            {
                if (step.Objective == StepObjective.Expected && observed) return false;
                observed |= step.Objective == StepObjective.Observed;
            }
            return true;
        }
    }

    /// <summary>Runs from θ₁ = <paramref name="start"/> until a cycle raises the log-likelihood by less
    /// than <paramref name="tolerance"/> (&gt; 0, absolute), at most <paramref name="limit"/> cycles.</summary>
    public EcmFit Run(ReadOnlySpan<double> start, double tolerance = 1e-10, int limit = 100_000)
    {
        Check(start, tolerance, limit);
        double[] best = start.ToArray(), theta = start.ToArray(), statistics = new double[model.Statistics];
        double value = model.Expect(theta, 0, model.Count, statistics);
        if (!double.IsFinite(value)) return End(best, value, 0, 1, EcmEnding.Degenerate, "The log-likelihood at the start is not finite.");
        for (int cycle = 0; cycle < limit; cycle++)
        {
            if (Cycle(statistics, theta) is { } failed)
                return End(best, value, cycle, cycle + 1, EcmEnding.Degenerate,
                    $"The step for {failed} has no maximiser: the estimates run to the edge of the parameter space.");
            Array.Clear(statistics);
            double next = model.Expect(theta, 0, model.Count, statistics);
            if (!double.IsFinite(next))
                return End(best, value, cycle, cycle + 2, EcmEnding.Degenerate,
                    $"After cycle {cycle + 1} the log-likelihood is {next}: the estimates run to the edge of the parameter space.");
            if (IsMonotone && next < value - Rounding(value)) return Lowered(best, value, next, cycle);
            bool settled = Math.Abs(next - value) < tolerance;
            theta.CopyTo(best, 0);
            value = next;
            if (settled)
                return End(best, value, cycle, cycle + 2, EcmEnding.Settled,
                    FormattableString.Invariant($"Cycle {cycle + 1} changed the log-likelihood by less than {tolerance}."));
        }
        return End(best, value, limit, limit + 1, EcmEnding.Limit,
            FormattableString.Invariant(
                $"The limit of {limit} cycles was reached before one changed the log-likelihood by less than {tolerance}."));
    }

    string? Cycle(ReadOnlySpan<double> statistics, Span<double> theta)
    {
        foreach (ConditionalStep step in steps)
        {
            if (!step.Maximise(statistics, theta)) return step.Block;
        }
        return null;
    }

    static EcmFit Lowered(double[] theta, double value, double next, int cycle) => End(theta, value, cycle, cycle + 2, EcmEnding.Lowered,
        FormattableString.Invariant($"Cycle {cycle + 1} lowered the log-likelihood from {value:R} to {next:R}, more than rounding: ")
            + "a step does not maximise its objective.");

    static EcmFit End(double[] theta, double value, int cycles, int passes, EcmEnding ending, string sentence) =>
        new(theta, value, cycles, passes, ending, sentence);

    static double Rounding(double value) => 1e-11 * (1 + Math.Abs(value));

    void Check(ReadOnlySpan<double> start, double tolerance, int limit)
    {
        LatentGuard.Start(model, start);
        if (!(tolerance > 0)) throw new ArgumentException(FormattableString.Invariant($"The tolerance must be above 0; got {tolerance}."));
        if (limit < 1) throw new ArgumentException($"The limit of cycles must be at least 1; got {limit}.");
    }
}
