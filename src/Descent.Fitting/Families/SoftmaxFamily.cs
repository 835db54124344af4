using Descent.Fitting.Design;

namespace Descent.Fitting.Families;

/// <summary>Multinomial regression: the probabilities of several classes.</summary>
sealed class SoftmaxFamily() : ModelFamily("softmax", LabelKind.Classes)
{
    /// <inheritdoc/>
    public override bool HasOutputs => true;

    /// <inheritdoc/>
    public override double TypicalCurvature => 0.1;

    internal override string Describe(FitSpec spec, LoadedData data) =>
        $"softmax over {data.Classes!.Count} classes" + (spec.Model.L2.Value == 0 && spec.Model.L1 == 0 ? $", {data.Classes[0]} the reference" : ", one weight vector a class");

    internal override string Loss => "mean cross-entropy";
}
