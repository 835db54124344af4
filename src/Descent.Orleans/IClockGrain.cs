using Orleans;

namespace Descent.Orleans;

/// <summary>The clocks of a model's workers; its key is the model's name.</summary>
interface IClockGrain : IGrainWithStringKey
{
    /// <summary>A worker begins a life.</summary>
    Task<ClockAnswer> Join(int worker);

    /// <summary>Whether a worker may begin; waits so long for it.</summary>
    Task<ClockAnswer> MayCompute(int worker, long life, TimeSpan wait);

    /// <summary>A worker has finished so many gradients.</summary>
    Task<ClockAnswer> Finish(int worker, long life, long count);

    /// <summary>Nobody waits for a worker any longer.</summary>
    Task Leave(int worker);

    /// <summary>Rounds that every worker has finished.</summary>
    Task<long> Round();
}
