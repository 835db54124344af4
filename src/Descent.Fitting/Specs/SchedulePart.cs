namespace Descent.Fitting;

/// <summary>One shape of a schedule.</summary>
/// <param name="Name">constant, linear, cosine, …</param>
/// <param name="Numbers">Its numbers by their names.</param>
public sealed record SchedulePart(string Name, IReadOnlyDictionary<string, ScheduleNumber> Numbers);
