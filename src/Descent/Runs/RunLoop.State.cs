namespace Descent.Runs;

// The state of a run, kept between two steps.
sealed partial class RunLoop<T>
{
    long keptAt, keptStep;
    double keptEpochs;
    (double Steps, double Looks) earlier;

    // What Go does next depends on this, on the oracle, on the options, and on nothing else.
    void Visit(IStateVisitor visitor)
    {
        iteration.Visit(new PrefixedVisitor(visitor, "method."));
        visitor.Number("loop.lowerBound", ref lowerBound);
        visitor.Number("loop.unseen", ref unseen);
        visitor.Time("loop.spent", ref spent);
        visitor.Time("loop.looked", ref looked);
        visitor.Points("loop.trace", trace);
        long gradients = Gradients;
        visitor.Number("loop.gradients", ref gradients);
        gradientsBefore = oracle.Meter.Gradients - gradients;
        options.Certifier?.Visit(new PrefixedVisitor(visitor, "certifier."));
        options.Monitor?.Visit(new PrefixedVisitor(visitor, "monitor."));
    }

    bool Resume()
    {
        (keptAt, keptStep, keptEpochs) = (options.Clock.GetTimestamp(), 0, 0);
        if (options.Checkpoints?.From is not { } state) return false;
        Visit(new StateRestorer(state));
        // A count below 0 would let a run go on for ever.
        if (iteration.Step != state.Step || Gradients < 0)
            throw new FormatException($"It says that {state.Step} steps were taken, its method says {iteration.Step} and counts "
                + $"{Gradients} gradients.");
        (keptStep, keptEpochs) = (iteration.Step, (double)Gradients / examples);
        earlier = (spent.TotalSeconds, looked.TotalSeconds);
        return true;
    }

    void KeepIfDue()
    {
        if (options.Checkpoints is not { Keep: not null } when) return;
        double epochs = (double)Gradients / examples;
        if (iteration.Step - keptStep < when.EverySteps && epochs - keptEpochs < when.EveryEpochs
            && options.Clock.GetElapsedTime(keptAt) < when.EveryTime)
            return;
        Keep();
    }

    void Keep()
    {
        RunState state = new() { Step = iteration.Step };
        Visit(new StateSaver(state));
        options.Checkpoints!.Keep!(state);
        (keptAt, keptStep, keptEpochs) = (options.Clock.GetTimestamp(), iteration.Step, (double)Gradients / examples);
    }
}
