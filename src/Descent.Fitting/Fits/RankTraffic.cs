namespace Descent.Fitting.Fits;

/// <summary>What travelled between the ranks of a run, looks and the clock included, the reading of the data not.</summary>
/// <param name="Engine">What carried it.</param>
/// <param name="Steps">Steps that were taken by these ranks.</param>
/// <param name="Ranks">What each rank gave and got, in bytes, and how many calls it made.</param>
/// <param name="Course">What this rank had given and got when the trace was at a step.</param>
sealed record RankTraffic(string Engine, long Steps, IReadOnlyList<RankShare> Ranks,
    IReadOnlyList<(long Step, long Given, long Received)> Course)
{
    /// <summary>Bytes of the data's files as they lie on the disk; null where they are none.</summary>
    public long? FileBytes { get; init; }

    /// <summary>Bytes a step that a rank gave, in mean; NaN without a step.</summary>
    public double GivenAStep(int rank) => Steps == 0 ? double.NaN : (double)Ranks[rank].Given / Steps;

    /// <summary>Bytes a step that a rank got, in mean; NaN without a step.</summary>
    public double ReceivedAStep(int rank) => Steps == 0 ? double.NaN : (double)Ranks[rank].Received / Steps;
}
