using Descent.StepSizes;

namespace Descent.Fitting.Planning;

/// <summary>Makes step sizes of a schedule, once the lengths of an epoch and of the run are known.</summary>
/// <param name="schedule">The schedule; not the theory's.</param>
/// <param name="start">η at its start.</param>
/// <param name="stepsPerEpoch">Steps an epoch.</param>
/// <param name="totalSteps">Steps of the run.</param>
/// <param name="mu">μ, as far as it is certain.</param>
/// <param name="smoothness">Smoothness of what is sampled.</param>
/// <param name="batch">Examples a step.</param>
sealed class ScheduleBuilder(ScheduleSpec schedule, double start, long stepsPerEpoch, long totalSteps, double mu, double smoothness,
    int batch)
{
    public static IStepSize Build(ScheduleSpec schedule, double start, long stepsPerEpoch, long totalSteps, double mu, double smoothness,
        int batch) =>
        new ScheduleBuilder(schedule, start, stepsPerEpoch, totalSteps, mu, smoothness, batch).All();

    IStepSize All()
    {
        long left = totalSteps;
        List<(IStepSize Schedule, long Length)> done = [];
        for (int i = 0; i < schedule.Parts.Count; i++)
        {
            SchedulePart part = schedule.Parts[i];
            bool last = i == schedule.Parts.Count - 1;
            long length = last ? left : Math.Min(left, (long)Length(part, "over", left));
            done.Add((Checked(part, last ? left : length), length));
            left = Math.Max(1, left - length);
        }
        IStepSize whole = done[^1].Schedule;
        for (int i = done.Count - 2; i >= 0; i--) whole = done[i].Schedule.Then(done[i].Length, whole);
        return whole;
    }

    IStepSize Checked(SchedulePart part, long steps)
    {
        try
        {
            return One(part, steps);
        }
        catch (ArgumentException e) when (e is not FitException)
        {
            throw ScheduleGrammar.Wrong(schedule.Text, e.Message);
        }
    }

    IStepSize One(SchedulePart part, long steps)
    {
        // A part lasts its over=, warm-up included, so that a schedule takes the same course whether its length is written out or not.
        double length = Length(part, "over", steps);
        long warmUp = part.Numbers.TryGetValue("warmup", out ScheduleNumber w) && w.Value == 0 ? 0 : (long)Length(part, "warmup", 0);
        if (warmUp >= length && warmUp > 0)
            throw ScheduleGrammar.Wrong(schedule.Text, $"the warm-up of {warmUp} steps leaves nothing of {length:G6} steps.");
        IStepSize shape = Shape(part, Math.Max(1, length - warmUp), Math.Max(1, steps - warmUp));
        double baseBatch = Number(part, "base-batch", 0);
        if (baseBatch > 0) shape = new BatchScaled(shape, baseBatch, batch);
        return warmUp > 0 ? new WarmUp(warmUp, shape) : shape;
    }

    IStepSize Shape(SchedulePart p, double length, long steps) => p.Name switch
    {
        "constant" => new Constant(start),
        "linear" => new Linear(start, Number(p, "end", 0), length),
        "1/t" => new InverseTime(start, Number(p, "rate", 1) / stepsPerEpoch),
        "exp" => new Exponential(start, Number(p, "rate", 0.1) / stepsPerEpoch),
        "power" => new Power(start, Number(p, "p", 0.5)),
        "step" => new StepDecay(start, Number(p, "factor", 10), Math.Max(1, (long)Length(p, "every", 30.0 * stepsPerEpoch))),
        "cosine" => new Cosine(start, Number(p, "min", 0), length),
        "cosine-restarts" =>
            new WarmRestarts((long)Math.Max(1, Length(p, "first", 0.1 * steps)), Number(p, "times", 2), start, Number(p, "min", 0),
                Number(p, "shrink", 1)),
        "one-cycle" => new OneCycle(start, (long)length, Number(p, "peak", 30) / 100, Number(p, "start", 25), Number(p, "final", 1e4)),
        "wsd" => Decaying(Number(p, "decay", 20) / 100, steps),
        "strongly-convex" => mu > 0
            ? new StronglyConvex(mu, Math.Max(smoothness, 1 / start))
            : throw new FitException("`Schedule = strongly-convex` needs μ > 0; give a penalty with `L2` (and note that a free "
                + "intercept is not part of it)."),
        "horizon" => mu > 0 ? TheoryStep.Horizon(mu, Math.Max(smoothness, 1 / start), steps) : TheoryStep.Horizon(steps, start),
        "polyak" => new Polyak(Number(p, "c", 0.5), Number(p, "least", 0), Number(p, "max", 1)),
        _ => throw new InvalidOperationException($"The grammar knows a schedule '{p.Name}' that is not built."),
    };

    // Warm-up, stable, decay: constant, then down to 0 over the last part.
    IStepSize Decaying(double part, long steps) => new Linear(start, 0, Math.Max(1, part * steps)).After((long)((1 - part) * steps), start);

    static double Number(SchedulePart part, string key, double otherwise) => part.Numbers.TryGetValue(key, out ScheduleNumber x) ? x.Value
        : otherwise;

    double Length(SchedulePart part, string key, double otherwise) => !part.Numbers.TryGetValue(key, out ScheduleNumber x) ? otherwise
        : Math.Max(1, x.IsPercent ? x.Value / 100 * totalSteps : x.Value * stepsPerEpoch);
}
