using Descent.Runs;

namespace Descent.Fitting.Search;

/// <summary>
/// Searches for numbers of a fit by the held-out loss over K folds: a grid that grows until its best point is inside (T1), random points on
/// a logarithmic scale (T2), or successive halving. Folds, points and fits follow from the seed alone, so a search that was stopped ends as
/// if it had not been.
/// </summary>
sealed class Tuner
{
    const int MostExtensions = 200, Keep = 3;
    readonly FitSpec spec;
    readonly LoadedData data;
    readonly LoadedData[] folds;
    readonly TrialLog log;
    readonly (int[] Train, int[] Held)[] splits;
    readonly CancellationToken cancel;
    readonly List<Trial> trials = [];

    public Tuner(FitSpec spec, LoadedData data, IReadOnlyList<SearchDimension> dimensions, int folds, TrialLog log,
        CancellationToken cancel)
    {
        (this.spec, this.data, this.log, this.cancel) = (spec, data, log, cancel);
        Dimensions = dimensions;
        splits = spec.InTime && folds > 1 ? Design.Folds.InTime(data, [.. Enumerable.Range(0, data.Count)], folds)
            : Folds(spec, data.Count, folds);
        this.folds = [.. splits.Select(s => data.For(s.Train))];
    }

    public IReadOnlyList<SearchDimension> Dimensions { get; }

    /// <summary>Every trial, in the order they were made.</summary>
    public IReadOnlyList<Trial> Trials => trials;

    /// <summary>What is to be said of the search.</summary>
    public List<string> Notes { get; } = [];

    public long Gradients => trials.Sum(t => t.Gradients);

    public Action<Trial>? OnTrial { get; init; }

    /// <summary>The best of the trials with the largest budget; null when all diverged.</summary>
    public Trial? Best => trials.Where(t => !t.Diverged && t.Epochs.Equals(trials.Max(u => u.Epochs))).MinBy(t => t.Score);

    public void Search(string kind, int count)
    {
        switch (kind)
        {
            case "grid":
                Grid(count);
                break;
            case "random":
                foreach (double[] point in Random(count)) Try(point, spec.Budget.Epochs ?? double.NaN);
                break;
            default:
                Halving(count);
                break;
        }
    }

    // As many values a dimension as make about the asked number of points; then one more beyond the edge that the best point lies on, until
    // it lies inside.
    void Grid(int count)
    {
        int each = Math.Max(2, (int)Math.Round(Math.Pow(count, 1.0 / Dimensions.Count)));
        List<double>[] axes =
            [.. Dimensions.Select(d => Enumerable.Range(0, each).Select(i => d.At((double)i / (each - 1))).Distinct().ToList())];
        Visit(axes, new double[axes.Length], 0);
        double before = double.PositiveInfinity;
        for (int extension = 0; !cancel.IsCancellationRequested; extension++)
        {
            if (Best is not { } best) return;
            // A gain that the loss cannot resolve is none: growing further would only repeat itself.
            bool level = extension > 1 && before - best.Score <= 1e-12 * Math.Abs(best.Score);
            before = best.Score;
            int[] edges = [.. Enumerable.Range(0, axes.Length)
                .Where(k => axes[k].Count > 1 && (best.Values[k].Equals(axes[k][0]) || best.Values[k].Equals(axes[k][^1])))];
            if (edges.Length == 0)
            {
                if (extension > 0)
                    Notes.Add($"The grid grew by {extension} value{(extension == 1 ? "" : "s")}, until its best point lay inside.");
                return;
            }
            // Where one number has no room left, another may.
            int k = edges.FirstOrDefault(k => HasRoom(k, axes[k], Beyond(k, axes[k], best.Values[k])), edges[0]);
            bool below = best.Values[k].Equals(axes[k][0]);
            double next = Beyond(k, axes[k], best.Values[k]);
            if (level || extension == MostExtensions || !HasRoom(k, axes[k], next))
            {
                string course = level ? "levels off there"
                    : HasRoom(k, axes[k], next) ? "does not turn"
                    : "does not turn, and there are no values beyond";
                Notes.Add($"The best {Dimensions[k].Name} still lies on the edge of the grid, {Text.Number(best.Values[k])}, after "
                    + $"{extension} extension{(extension == 1 ? "" : "s")}: the held-out loss {course}.");
                return;
            }
            if (below) axes[k].Insert(0, next);
            else axes[k].Add(next);
            Visit(axes, new double[axes.Length], 0);
        }
    }

    // One value further in the ratio of the last two.
    double Beyond(int k, List<double> axis, double edge) =>
        Dimensions[k].Round(edge.Equals(axis[0]) ? axis[0] * axis[0] / axis[1] : axis[^1] * axis[^1] / axis[^2]);

    bool HasRoom(int k, List<double> axis, double next) => !axis.Contains(next) && next is >= 1e-12 and <= 1e12
        && (Dimensions[k].Name != "batch" || next <= data.Count)
        && Catalogue.Find(spec.Method.Name)?.Parameters.FirstOrDefault(p => p.Name == Dimensions[k].Name)?.Allows(next) != false;

    void Visit(List<double>[] axes, double[] point, int k)
    {
        if (k == axes.Length)
        {
            Try([.. point], spec.Budget.Epochs ?? double.NaN);
            return;
        }
        foreach (double x in axes[k])
        {
            point[k] = x;
            Visit(axes, point, k + 1);
        }
    }

    IEnumerable<double[]> Random(int count)
    {
        Draws draws = new(spec.Seed, 55);
        for (int i = 0; i < count; i++) yield return [.. Dimensions.Select(d => d.At(draws.NextDouble()))];
    }

    // Many points with a small budget; the best third goes on with three times as much.
    void Halving(int count)
    {
        double full = spec.Budget.Epochs ?? 27;
        int rounds = (int)Math.Floor(Math.Log(count) / Math.Log(Keep));
        List<double[]> points = [.. Random(count)];
        for (int round = 0; round <= rounds && !cancel.IsCancellationRequested; round++)
        {
            double epochs = Math.Max(0.1, full * Math.Pow(Keep, round - rounds));
            Trial[] tried = [.. points.Select(p => Try(p, epochs)).OfType<Trial>()];
            Notes.Add($"{points.Count} point{(points.Count == 1 ? "" : "s")} with {Text.Number(epochs, "G3")} epochs each");
            points = [.. tried.Where(t => !t.Diverged).OrderBy(t => t.Score).Take(Math.Max(1, points.Count / Keep)).Select(t => t.Values)];
            if (points.Count == 0) return;
        }
    }

    Trial? Try(double[] values, double epochs)
    {
        if (trials.FirstOrDefault(t => t.Values.SequenceEqual(values) && t.Epochs.Equals(epochs)) is { } known) return known;
        if (cancel.IsCancellationRequested) return null;
        Trial? t = log.Find(values, epochs);
        if (t is null)
        {
            t = Fit(values, epochs);
            if (t is null) return null;
            log.Add(t);
        }
        trials.Add(t);
        OnTrial?.Invoke(t);
        return t;
    }

    Trial? Fit(double[] values, double epochs)
    {
        FitSpec r = spec with { Budget = spec.Budget with { Epochs = double.IsNaN(epochs) ? null : epochs }, HoldOut = 0 };
        for (int k = 0; k < values.Length; k++) r = Dimensions[k].Set(r, values[k]);
        double[] scores = new double[splits.Length];
        double objective = 0;
        long gradients = 0;
        for (int f = 0; f < splits.Length; f++)
        {
            Fitted fit = Fitter.Of(r, folds[f], splits[f]).Run(cancel, null);
            if (fit.Outcome.Kind == OutcomeKind.Interrupted) return null;
            scores[f] = fit.Outcome.Kind == OutcomeKind.Diverged ? double.PositiveInfinity : fit.Validation!.MeanLoss;
            objective += fit.Certificate.Value / splits.Length;
            gradients += fit.Gradients;
        }
        double mean = scores.Average(), deviation = scores.Length > 1
            ? Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (scores.Length - 1)) : double.NaN;
        return new Trial(values, epochs, double.IsNaN(mean) ? double.PositiveInfinity
            : mean, deviation / Math.Sqrt(scores.Length), objective, gradients);
    }

    // One fold is a plain split by `HoldOut`.
    static (int[], int[])[] Folds(FitSpec spec, int n, int folds)
    {
        if (folds == 1) return [RowSplit.Of(spec with { HoldOut = spec.HoldOut == 0 ? 0.2 : spec.HoldOut }, n)];
        if (folds > n) throw new FitException($"`Folds` is {folds}, and there are {n} rows.");
        int[] order = new int[n];
        Permutation.Fill(new Draws(spec.Seed, 98).NextWord(), order);
        return [.. Enumerable.Range(0, folds).Select(f => (
            order.Where((_, i) => i % folds != f).Order().ToArray(),
            order.Where((_, i) => i % folds == f).Order().ToArray()))];
    }
}
