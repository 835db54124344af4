using Descent.Oracles;

namespace Descent.Parallel;

/// <summary>One push as a server saw it: enough to make the run again by hand.</summary>
/// <param name="Worker">Who pushed.</param>
/// <param name="Sample">What the gradient was asked of.</param>
/// <param name="Read">Pushes that the weights contained when they were pulled.</param>
/// <param name="Applied">Pushes that they contained when it arrived.</param>
/// <param name="Time">When it arrived, in units of a gradient's fixed part.</param>
public readonly record struct PushRecord(int Worker, Sample Sample, long Read, long Applied, double Time);
