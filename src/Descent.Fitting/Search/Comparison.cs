using Descent.Runs;

namespace Descent.Fitting.Search;

/// <summary>Several methods on one problem, from the same start and with the same seeds, against one certified optimum.</summary>
sealed class Comparison
{
    Comparison(IReadOnlyList<Entrant> entrants, double lowerBound, double best)
    {
        Entrants = entrants;
        LowerBound = lowerBound;
        Best = best;
    }

    /// <summary>The methods in the order asked for.</summary>
    public IReadOnlyList<Entrant> Entrants { get; }

    /// <summary>The best proved lower bound on F*, of all runs.</summary>
    public double LowerBound { get; }

    /// <summary>The smallest F met.</summary>
    public double Best { get; }

    /// <summary>How well F* is known, relative to it.</summary>
    public double Uncertainty => (Best - LowerBound) / Math.Max(Math.Abs(Best), double.Epsilon);

    /// <summary>What gaps are measured from: the proved bound when it is tight, the smallest F met otherwise.</summary>
    public double Reference => Uncertainty <= 1e-7 ? LowerBound : Best;

    public static Comparison Run(FitSpec spec, LoadedData data, IReadOnlyList<string> methods, int repeat, CancellationToken cancel,
        Action<string>? onStart)
    {
        double lower = double.NegativeInfinity, best = double.PositiveInfinity;
        List<Entrant> entrants = [];
        CatalogueEntry[] entries = [.. methods.Select(m => Catalogue.Find(m)
            ?? throw new FitException($"`Methods` names '{m}', which is not known. 'descent methods' lists them all."))];
        foreach (string number in spec.Method.Numbers.Keys)
            if (!entries.Any(e => e.Parameters.Any(p => p.Name == number)))
                throw new FitException($"None of {string.Join(", ", entries.Select(e => e.Name))} has a number called {number}. "
                    + $"'descent methods NAME' lists what a method has.");
        foreach (var (given, option, fits) in new (bool, string, Func<CatalogueEntry, bool>)[]
        {
            (spec.Method.StepSize is not null, "`StepSize`", e => e.Step is not null),
            (spec.Method.Schedule is not null, "`Schedule`", e => e.Step is not null),
            (spec.Method.Batch is not null, "`Batch`",
                e => e.CanSample && (spec.Method.Batch == MethodSpec.Full || e.HasBatches(spec.Method.Batch ?? 1))),
            (spec.Method.Order is not null, "`Order`", e => e.CanSample),
        })
            if (given && !entries.Any(fits))
                throw new FitException($"{option} means nothing to any of {string.Join(", ", entries.Select(e => e.Name))}. Leave it "
                    + $"out, or name a method that has it.");
        // Every method is prepared before any runs, so that one that cannot take this problem says so at once.
        var first = entries.Select(e => new RiskFitter(Own(spec, e), data)).Select(f => (RiskFitter: f, Plan: f.Prepare())).ToArray();
        // A first run by the method of choice pins F* down; its work is not part of the comparison.
        RiskFitter pin =
            new(spec with { Method = new MethodSpec(), Budget = spec.Budget with { Gap = null, Epochs = null, Steps = null } }, data);
        Take(pin, pin.Prepare(), ref lower, ref best, cancel);
        for (int m = 0; m < entries.Length; m++)
        {
            CatalogueEntry entry = entries[m];
            List<RiskFit> runs = [];
            for (int k = 0; k < (entry.CanSample ? repeat : 1) && !cancel.IsCancellationRequested; k++)
            {
                onStart?.Invoke($"{entry.Name}, seed {spec.Seed + (ulong)k}");
                RiskFitter fitter = k == 0 ? first[m].RiskFitter
                    : new RiskFitter(Own(spec, entry) with { Seed = spec.Seed + (ulong)k }, data);
                runs.Add(Take(fitter, k == 0 ? first[m].Plan : fitter.Prepare(), ref lower, ref best, cancel));
            }
            if (runs.Count > 0) entrants.Add(new Entrant(entry, runs));
        }
        return new Comparison(entrants, lower, best);
    }

    // Each method takes the options that mean something to it; what it does not have it is not asked for.
    static FitSpec Own(FitSpec spec, CatalogueEntry entry) => spec with
    {
        Method = spec.Method.For(entry),
        Budget = spec.Budget with { Gap = spec.Budget.Gap is > 0 and var asked ? asked : 1e-8, Epochs = spec.Budget.Epochs ?? 100 },
    };

    static RiskFit Take(RiskFitter fitter, Plan plan, ref double lower, ref double best, CancellationToken cancel)
    {
        RiskFit fit = fitter.Run(plan, cancel, null);
        foreach (TracePoint p in fit.Run.Trace)
        {
            lower = Math.Max(lower, p.LowerBound);
            if (double.IsFinite(p.Value)) best = Math.Min(best, p.Value);
        }
        return fit;
    }

    /// <summary>A method with its runs, one a seed.</summary>
    internal sealed record Entrant(CatalogueEntry Entry, IReadOnlyList<RiskFit> Runs)
    {
        /// <summary>
        /// Median over the seeds of what <paramref name="measure"/> says at the first point within a relative gap; NaN when most seeds
        /// never get there.
        /// </summary>
        public double Until(double gap, double reference, Func<TracePoint, double> measure)
        {
            double[] at = [.. Runs.Select(r => r.Run.Trace.Where(p => p.Value - reference <= gap * Math.Abs(reference)).Select(measure)
                .DefaultIfEmpty(double.PositiveInfinity).First()).Order()];
            double median = at[(at.Length - 1) / 2];
            return double.IsFinite(median) ? median : double.NaN;
        }

        /// <summary>Whether a run diverged.</summary>
        public bool Diverged => Runs.Any(r => r.Run.Outcome.Kind == OutcomeKind.Diverged);

        /// <summary>Largest relative gap at the end, over the seeds.</summary>
        public double Final(double reference) => Runs.Max(r => (r.Run.Trace[^1].Value - reference) / Math.Abs(reference));
    }
}
