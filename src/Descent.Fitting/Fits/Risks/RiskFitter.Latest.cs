using Descent.Runs;

namespace Descent.Fitting.Fits;

// What is there while a step goes on.
sealed partial class RiskFitter
{
    readonly LatestPoint<double> latest = new();

    /// <inheritdoc/>
    public override (string What, IModelFiles Files)? Unfinished(string name)
    {
        if (latest.Read() is not { } last) return null;
        bool reference = data.Family.HasOutputs && Risk!.Outputs < data.Classes!.Count;
        LinearOrigin from =
            new(spec, data, Plan.Method, Plan.Recursion, Risk!.Outputs, reference, L2,
                kept is null ? scaling : scaling?.Widen(kept, data.Columns), ScalingNote,
                ModelCovariance.Without("its run had not ended when it was written."));
        OneModelFile file = new(ModelWriter.Of(from, Original(last.Point), null, LastIterate.Sentence(last.Step)));
        return (LastIterate.Name(last.Step), file);
    }
}
