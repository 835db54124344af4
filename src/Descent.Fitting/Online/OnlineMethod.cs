using Descent.Algorithms;
using Descent.Fitting.Planning;
using Descent.Models.Linear;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Fitting.Online;

/// <summary>A method of the catalogue that takes one example a step, with its step sizes, where neither the number of rows nor their
/// smoothness is known.</summary>
sealed class OnlineMethod
{
    // Schedules that need no end.
    static readonly string[] endless = ["constant", "1/t", "power", "exp", "step"];

    readonly IMethod<double, EmpiricalRisk<double>> method;

    /// <summary>The method that was asked for; where none is named, one that does not go by the units of the columns, or, under a
    /// penalty, of which its steps know nothing, AdaGrad.</summary>
    /// <exception cref="FitException">The method or its schedule cannot learn from a stream.</exception>
    public OnlineMethod(FitSpec spec)
    {
        MethodSpec asked = spec.Method;
        bool penalised = spec.Model.L1 > 0 || spec.Model.L2.Value > 0;
        Entry = Catalogue.Find(asked.IsAuto ? penalised ? "adagrad" : "normalised-adagrad" : asked.Name)!;
        if (!Entry.LearnsOnline)
            throw new FitException($"`Method = {Entry.Name}` cannot learn from a stream, of which it sees one row at a time. Methods that "
                + $"can: {string.Join(", ", Catalogue.All.Where(e => e.LearnsOnline).Select(e => e.Name))}.");
        StepSize = Steps(asked);
        MethodSettings settings = new(Entry)
        {
            StepSize = StepSize,
            Sampling = new Sampling(SampleOrder.Sequential),
            Given = asked.Numbers,
        };
        try
        {
            method = OnRisk.Of(settings.Build(), Entry.Name);
        }
        catch (ArgumentException e) when (e is not FitException)
        {
            throw new FitException(e.Message);
        }
    }

    public CatalogueEntry Entry { get; }

    /// <summary>η_t, t counting rows.</summary>
    public IStepSize StepSize { get; }

    public string Recursion => method.Recursion;

    public Iteration<double> Start(EmpiricalRisk<double> risk, double[] start, Draws draws) => method.Start(risk, start, draws);

    IStepSize Steps(MethodSpec asked)
    {
        if (Entry.Step is not { } step)
            return asked.StepSize is null && asked.Schedule is null ? new Constant(1)
                : throw new FitException($"{Entry.Name} finds its own steps; leave `StepSize` and `Schedule` out.");
        if (asked.StepSize is null && step.FromSmoothness)
            throw new FitException($"The default step size of {Entry.Name} is {step.Why}, H the smoothness of data that is not there yet: "
                + "give `StepSize`.");
        double eta = asked.StepSize ?? step.Of(new MethodSettings(Entry) { Given = asked.Numbers });
        if (asked.Schedule is not { } schedule) return new Constant(eta);
        if (schedule.IsTheory || schedule.Parts.Count != 1 || !endless.Contains(schedule.Parts[0].Name)
            || schedule.Parts[0].Numbers.Values.Any(n => n.IsPercent))
            throw new FitException($"`Schedule = {schedule.Text}` needs an end, and a stream has none. Schedules without one: "
                + $"{string.Join(", ", endless)}, alone and without parts in %.");
        return ScheduleBuilder.Build(schedule, eta, 1, long.MaxValue / 2, 0, 1, 1);
    }
}
