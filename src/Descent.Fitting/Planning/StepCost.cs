namespace Descent.Fitting.Planning;

/// <summary>What a step of a method costs one process, as its trial run measured it, and what ranks would exchange in it.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Seconds">Seconds a step computes in one process.</param>
/// <param name="StepsAnEpoch">Steps in which n single gradients are asked.</param>
/// <param name="Passes">Sums that a step waits for: passes over its examples.</param>
/// <param name="Dimension">d numbers of eight bytes, and one for the value, in every part of a sum.</param>
/// <param name="Parts">Parts that a pass is cut into; 0 when there are as many as ranks (`MicroBatches`).</param>
/// <param name="MostParts">Most parts there can be: examples of a batch.</param>
sealed record StepCost(string Method, double Seconds, double StepsAnEpoch, double Passes, int Dimension, int Parts, int MostParts)
{
    /// <summary>Bytes of a part.</summary>
    public double PartBytes => sizeof(double) * (Dimension + 1.0);

    /// <summary>The step of a planned method; null where its trial took no step.</summary>
    /// <param name="plan">The plan with its trial.</param>
    /// <param name="steps">Steps of the trial.</param>
    /// <param name="examples">n.</param>
    /// <param name="dimension">d.</param>
    /// <param name="parts">Parts of a full pass.</param>
    public static StepCost? Of(MethodPlan plan, long steps, int examples, int dimension, int parts)
    {
        if (steps == 0 || plan.TrialGradients == 0 || !double.IsFinite(plan.SecondsPerGradient)) return null;
        double gradients = (double)plan.TrialGradients / steps;
        bool batches = plan.Plan.Draws && plan.Plan.Batch < examples;
        return new(plan.Entry.Name, gradients * plan.SecondsPerGradient, examples / gradients,
            Math.Max(1, gradients / (batches ? plan.Plan.Batch : examples)), dimension, batches ? 0 : parts,
            batches ? (int)plan.Plan.Batch : parts);
    }
}
