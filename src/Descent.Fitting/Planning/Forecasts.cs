namespace Descent.Fitting.Planning;

/// <summary>What numbers of ranks are expected to give for the first of some plans whose trial took a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Link">What messages cost.</param>
/// <param name="Ranks">A forecast a number of ranks.</param>
sealed record Forecasts(StepCost Step, LinkModel Link, IReadOnlyList<RankForecast> Ranks)
{
    /// <summary>The forecasts; null where no trial took a step.</summary>
    public static Forecasts? Of(IReadOnlyList<MethodPlan> plans, IReadOnlyList<int> counts, LinkModel link) =>
        plans.Select(p => p.Step).FirstOrDefault(s => s is not null) is not { } step ? null
            : new(step, link, [.. counts.Select(m => RankForecast.Of(step, link, m))]);
}
