using Descent.Mixtures.Search;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Fitting.Mixtures;

/// <summary>Searches every number of components in turn and chooses among them.</summary>
/// <exception cref="FitException">There are fewer rows than components.</exception>
sealed class MixtureFitter
{
    // Numbers (rows × columns × components) from which more than one thread pays.
    const long Many = 2_000_000;

    readonly MixtureSpec spec;
    readonly MixtureData data;
    readonly Lock gate = new();
    (int Components, double LogLikelihood, double[] Theta)? last, best;

    public MixtureFitter(MixtureSpec spec, MixtureData data)
    {
        (this.spec, this.data) = (spec, data);
        spec.Family.Require(data);
        if (spec.Components.Most > data.Count)
            throw new FitException($"`Components` is {spec.Components}, but {data.Source} has {Text.Plural(data.Count, "row")}; a mixture "
                + "has at most one component a row.");
        if (spec.Family.Most(data.Columns.Count) is var most && spec.Components.Most > most)
            throw new FitException($"`Components` is {spec.Components}, but {data.Columns.Count} columns tell at most "
                + $"{Text.Plural(most, spec.Family.Part)} of a {spec.Family.Name} model. Ask for fewer, or fit more columns.");
    }

    /// <summary>Told of every step, if anybody wants to know.</summary>
    public Action<MixtureProgress>? OnStep { get; init; }

    int Threads => spec.Threads > 0 ? spec.Threads
        : data.Values.Length * spec.Components.Most > Many ? Environment.ProcessorCount : 1;

    // Rows that lie on a disk are visited block after block; it depends on their number and the limit alone.
    MixtureOptions Search => data.IsOutOfCore && spec.Search is { Samples: true, Order: null }
        ? spec.Search with { Order = SampleOrder.Blocks } : spec.Search;

    /// <summary>Runs all; a cancelled run ends within a step with what it has.</summary>
    public FittedMixture Run(CancellationToken cancel)
    {
        List<MixtureCandidate> candidates = [];
        using Workers workers = new(Threads);
        for (int k = spec.Components.Least; k <= spec.Components.Most && !(candidates.Count > 0 && cancel.IsCancellationRequested); k++)
        {
            int components = k;
            IMixture model = spec.Family.Model(data, k, spec);
            candidates.Add(new MixtureCandidate(MixtureSearch.Run(model, Search, workers, s => Ended(s), cancel,
                (start, log, theta) => Step(components, start, log, theta))));
        }
        MixtureCandidate? chosen = candidates.Where(c => c.Fit.Theta is not null).MinBy(c => c.Of(spec.Criterion));
        lock (gate) best = chosen is null ? null : (chosen.Components, chosen.LogLikelihood, chosen.Fit.Theta!);
        LocalCertificate? certificate = chosen is null ? null : Certify(chosen, cancel);
        return new FittedMixture(spec, data, candidates, chosen, certificate, Ending(candidates, chosen, cancel.IsCancellationRequested));
    }

    // As many passes as there are parameters, twice: who interrupts does not wait for it.
    static LocalCertificate? Certify(MixtureCandidate chosen, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested) return null;
        Task<LocalCertificate?> work = Task.Run(() => chosen.Fit.Certificate, CancellationToken.None);
        Task.WhenAny(work, Task.Delay(Timeout.Infinite, cancel)).GetAwaiter().GetResult();
        return work.IsCompleted ? work.GetAwaiter().GetResult() : null;
    }

    /// <summary>
    /// The model of the best start that has ended, or of the start under way, while a run goes on; null before the first step.
    /// </summary>
    public SavedMixture? Unfinished()
    {
        (int Components, double LogLikelihood, double[] Theta)? there;
        lock (gate) there = best ?? last;
        return there is not { } m ? null : new SavedMixture(MixtureFile.Of(spec, data, m.Components, m.Theta, m.LogLikelihood,
            new Outcome(OutcomeKind.Interrupted, "Interrupted within a step; this is the last complete iterate of the search."), null));
    }

    void Step(int components, int start, double log, ReadOnlySpan<double> theta)
    {
        lock (gate)
        {
            if (last?.Theta.Length != theta.Length) last = (components, log, theta.ToArray());
            theta.CopyTo(last!.Value.Theta);
            last = (components, log, last.Value.Theta);
        }
        OnStep?.Invoke(new MixtureProgress(components, start, spec.Search.Restarts, log));
    }

    // Likelihoods of different k are not compared here: of those that have ended, the latest k is kept.
    void Ended(MixtureStart start)
    {
        lock (gate)
        {
            if (start.Degeneracy is not null || last is not { } m) return;
            if (best is not { } b || b.Components != m.Components || start.LogLikelihood > b.LogLikelihood)
                best = (m.Components, start.LogLikelihood, [.. m.Theta]);
        }
    }

    Outcome Ending(List<MixtureCandidate> candidates, MixtureCandidate? chosen, bool cancelled)
    {
        if (chosen is null)
            return candidates.Count == 1 ? candidates[0].Outcome : new Outcome(OutcomeKind.Diverged,
                $"No number of components gave an estimate. {candidates[0].Outcome.Sentence}");
        if (cancelled)
        {
            string done = candidates.Count < spec.Components.Most - spec.Components.Least + 1 ? $"; of {spec.Components} components up to "
                + $"{candidates[^1].Components} were looked at" : "";
            return new Outcome(OutcomeKind.Interrupted,
                $"Interrupted: the best of {Text.Plural(candidates.Sum(c => c.Starts.Count), "start")}"
                + $"{done}. {chosen.Outcome.Sentence}");
        }
        if (chosen.Outcome.Kind != OutcomeKind.Converged) return chosen.Outcome;
        MixtureCandidate? early = candidates.FirstOrDefault(c => c.Outcome.Kind == OutcomeKind.AccuracyMissed);
        return early is null ? chosen.Outcome : new Outcome(OutcomeKind.AccuracyMissed, $"{chosen.Outcome.Sentence} But "
            + $"{Text.Plural(early.Components, "component")} stopped before the tolerance, so the choice is open. Raise `MostPasses`, or "
            + "use `Method = squarem`.");
    }
}
