namespace Descent.Fitting.Fits;

/// <summary>One rank's share of a run.</summary>
/// <param name="Given">Bytes that it gave to others.</param>
/// <param name="Received">Bytes of others that it got.</param>
/// <param name="Calls">Calls of the group that it made.</param>
/// <param name="Read">Bytes of the data's files that it read.</param>
readonly record struct RankShare(long Given, long Received, long Calls, long Read);
