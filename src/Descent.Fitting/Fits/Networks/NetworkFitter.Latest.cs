using Descent.Runs;

namespace Descent.Fitting.Fits;

// What is there while a step goes on.
sealed partial class NetworkFitter
{
    readonly LatestPoint<float> latest = new();

    /// <inheritdoc/>
    public override (string What, IModelFiles Files)? Unfinished(string name) => latest.Read() is not { } last ? null
        : (LastIterate.Name(last.Step), new NetworkFiles(
            new NetworkOrigin(spec, data, Network, Method, Recursion, L2, scaling, ScalingNote), last.Point,
            LastIterate.Sentence(last.Step), name));
}
