namespace Descent.Algorithms;

/// <summary>Why a method has ended by itself.</summary>
/// <param name="Converged">Whether it found what it looked for, as opposed to being unable to go on.</param>
/// <param name="Reason">A phrase that completes “it ended because …”.</param>
public sealed record Ending(bool Converged, string Reason);
