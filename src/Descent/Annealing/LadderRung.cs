namespace Descent;

/// <summary>One chain of parallel tempering at the end of its run.</summary>
/// <param name="Temperature">1/J.</param>
/// <param name="Acceptance">Share of its proposals that were accepted; NaN when there was none.</param>
/// <param name="Exchanged">Share of the exchanges with the next hotter chain that took place; NaN for the hottest, and when none was
/// tried.</param>
public sealed record LadderRung(double Temperature, double Acceptance, double Exchanged);
