using Descent.Latent;
using Descent.Maps;
using Descent.Mixtures.StudentT;

namespace Descent.Cli.Gallery;

/// <summary>A way up the likelihood of a Student-t law, step by step.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Begins; gives, before every step, the log-likelihood and the passes over the numbers so far.</param>
sealed record Climb(string Name, Func<IEnumerable<(double Log, long Passes)>> Start)
{
    /// <summary>E- and conditional M-steps in turn; a step on the observed likelihood is a pass more.</summary>
    public static Climb Of(string name, StudentTModel model, double[] start, IReadOnlyList<ConditionalStep> steps) =>
        new(name, () => Cycles(model, start, steps));

    /// <summary>SQUAREM on the map of EM.</summary>
    public static Climb Squared(string name, StudentTModel model, double[] start) => new(name, () => Steps(new(new EmMap(model), start)));

    static IEnumerable<(double Log, long Passes)> Cycles(StudentTModel model, double[] start, IReadOnlyList<ConditionalStep> steps)
    {
        double[] theta = [.. start], statistics = new double[model.Statistics];
        long more = steps.Count(s => s.Objective == StepObjective.Observed);
        for (long passes = 1; ; passes += 1 + more)
        {
            Array.Clear(statistics);
            yield return (model.Expect(theta, 0, model.Count, statistics), passes);
            foreach (ConditionalStep step in steps) step.Maximise(statistics, theta);
        }
    }

    static IEnumerable<(double Log, long Passes)> Steps(Squarem run)
    {
        for (; ; run.Step()) yield return (run.Merit, run.Maps);
    }
}
