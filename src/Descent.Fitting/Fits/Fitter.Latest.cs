using Descent.Runs;

namespace Descent.Fitting.Fits;

// What is there while a step goes on.
sealed partial class Fitter
{
    readonly LatestPoint<double> latest = new();

    /// <summary>The model of the last complete iterate, for a thread that must not wait for the step under way; null before the first. Nothing is proved of it.</summary>
    public (long Step, ModelFile Model)? Unfinished(Plan plan)
    {
        if (latest.Read() is not { } last) return null;
        bool reference = data.Family.HasOutputs && Risk!.Outputs < data.Classes!.Count;
        LinearOrigin from = new(spec, data, plan, Risk!.Outputs, reference, L2, kept is null ? scaling : scaling?.Widen(kept, data.Columns), ScalingNote);
        return (last.Step, ModelWriter.Of(from, Original(last.Point), null, LastIterate.Sentence(last.Step)));
    }
}
