using Orleans;

namespace Descent.Orleans;

/// <summary>What the clocks of a model answer.</summary>
/// <param name="May">Whether the worker may begin its next gradient.</param>
/// <param name="Clock">Gradients that the worker has finished; of no worker, rounds that all have finished.</param>
/// <param name="Life">How often the worker has joined.</param>
[GenerateSerializer]
readonly record struct ClockAnswer(bool May, long Clock, long Life);
