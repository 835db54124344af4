using Descent.Runs;

namespace Descent.Fitting.Fits;

// What is there while a step goes on.
sealed partial class NetworkFitter
{
    readonly LatestPoint<float> latest = new();

    /// <summary>The files of the last complete iterate, for a thread that must not wait for the step under way; null before the first.</summary>
    public (long Step, NetworkFiles Files)? Unfinished(string modelName) => latest.Read() is not { } last ? null
        : (last.Step, new NetworkFiles(new NetworkOrigin(spec, data, Network, Method, Recursion, L2, scaling, ScalingNote), last.Point, LastIterate.Sentence(last.Step), modelName));
}
