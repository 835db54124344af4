namespace Descent.Parallel;

/// <summary>What goes before a gradient that is pushed. A value without references, so that it can be sent as its bytes.</summary>
/// <param name="Worker">Who pushes, from 0.</param>
/// <param name="Shard">The shard that the block belongs to, from 0.</param>
/// <param name="Version">What <see cref="IParameterServer{T}.Pull(int, int, Span{T})"/> gave: pushes that the weights contained
/// at which the gradient was asked.</param>
/// <param name="Examples">Examples behind the gradient, at least 1: its weight in the mean of a synchronous round.</param>
public readonly record struct PushHeader(int Worker, int Shard, long Version, int Examples);
