namespace Descent.Fitting.Planning;

/// <summary>What a number of ranks is expected to give, by the model of the link and the measured step.</summary>
/// <param name="Ranks">M.</param>
/// <param name="Compute">Seconds a step computes: that of the rank with the most parts.</param>
/// <param name="Wait">Seconds a step waits for others, with the bits of one process.</param>
/// <param name="FastWait">The same where the engine adds up (fast sums).</param>
/// <param name="Bytes">Bytes of others that a rank gets in a step, with the bits of one process.</param>
/// <param name="FastBytes">The same where the engine adds up: the vector once each way.</param>
/// <param name="StepsAnEpoch">Steps of an epoch.</param>
/// <param name="Alone">Seconds a step takes one process.</param>
sealed record RankForecast(int Ranks, double Compute, double Wait, double FastWait, double Bytes, double FastBytes, double StepsAnEpoch,
    double Alone)
{
    /// <summary>What the numbers rest on, said with them.</summary>
    public static IReadOnlyList<string> Assumptions(StepCost step) =>
    [
        step.Parts == 0
            ? "batches are cut into as many parts as there are ranks (`MicroBatches`), "
                + $"at most {Text.Count(step.MostParts)}, one an example"
            : $"a pass is cut into {Text.Plural(step.Parts, "part")}, by the data; ranks beyond that have none, "
                + "and all wait for the rank with the most",
        "every rank computes as fast as this process did in the trial, has a core of its own, and none is late",
        "nothing is computed while ranks wait; only sums over examples are shared, and all else of a step is counted as if it were",
        "passes for values alone (line search, looks) are not counted; links are not shared with others",
    ];

    /// <summary>Seconds an epoch takes.</summary>
    public double Epoch => StepsAnEpoch * (Compute + Wait);

    /// <summary>The same where the engine adds up.</summary>
    public double FastEpoch => StepsAnEpoch * (Compute + FastWait);

    /// <summary>T₁/(M·T_M).</summary>
    public double Efficiency => Alone / (Ranks * (Compute + Wait));

    /// <summary>The same where the engine adds up.</summary>
    public double FastEfficiency => Alone / (Ranks * (Compute + FastWait));

    /// <summary>The forecast of a step for M ranks.</summary>
    public static RankForecast Of(StepCost step, LinkModel link, int ranks)
    {
        int parts = step.Parts == 0 ? Math.Min(ranks, step.MostParts) : step.Parts;
        double most = Math.Ceiling((double)parts / ranks) / parts, all = parts * step.PartBytes;
        return new(ranks, step.Seconds * most, step.Passes * link.Gather(ranks, all), step.Passes * link.Sum(ranks, step.PartBytes),
            step.Passes * all * (ranks - 1) / ranks, ranks == 1 ? 0 : step.Passes * step.PartBytes, step.StepsAnEpoch, step.Seconds);
    }
}
