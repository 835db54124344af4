namespace Descent;

/// <summary>
/// One run of annealing from local minimum to local minimum. A cycle cools from a tenth of the mean rise of trials to 10⁻⁷ of it; the best
/// of three jumps is searched in the coordinates that moved, given up where it is going to be refused, and searched in all when it gains.
/// </summary>
sealed class AnnealingHops : AnnealingWalk
{
    const double Hot = 10, Range = 1e6, Coarse = 1e-4, Close = 1e-3;
    const int Candidates = 3;
    readonly LocalPolish polish;
    readonly JumpLaw jumps;
    readonly bool[] still;
    readonly double[] other;
    double gain;

    public AnnealingHops(MeteredLandscape f, AnnealingOptions options, ulong seed)
        : base(f, options, seed)
    {
        (still, other) = ([.. isInteger], new double[d]);
        (polish, jumps) = (new LocalPolish(f, still), new JumpLaw(f, isInteger, draws));
    }

    public AnnealingResult Run() => Cooled(100 * d, 20_000 * d, Cycle);

    // The best of d + 1 points; their spread is a first guess of rises.
    /// <inheritdoc/>
    public override void Begin()
    {
        double most = double.NegativeInfinity;
        value = double.PositiveInfinity;
        for (int k = 0; k <= d && !f.IsOver; k++)
        {
            for (int j = 0; j < d; j++) trial[j] = jumps.Place(j, f.Low[j] + (draws.NextDouble() * (f.High[j] - f.Low[j])));
            double there = f.Of(trial);
            if (double.IsFinite(there)) most = Math.Max(most, there);
            if (k > 0 && !(there < value)) continue;
            value = there;
            trial.CopyTo(x, 0);
        }
        rise = most > value && double.IsFinite(value) ? most - value : 1;
        gain = rise;
        if (double.IsFinite(value)) value = polish.QuasiNewton(x, value);
    }

    void Cycle(int length)
    {
        int begin = f.Count;
        double j0 = Hot / rise;
        while (f.Count < begin + length && !f.IsOver)
        {
            double inverse = Inverse(j0, Range, (double)(f.Count - begin) / length);
            Step(inverse);
            Mark(1 / inverse);
        }
        if (length >= 800 * d) Refine();
    }

    // Kinks: differences say nothing there.
    /// <inheritdoc/>
    public override void Refine()
    {
        if (f.IsOver) return;
        f.Best.CopyTo(x, 0);
        value = polish.Compass(x, f.BestValue, 1e-3, 1e-9);
    }

    /// <inheritdoc/>
    public override void Step(double inverse)
    {
        (double there, double size) = Jump();
        // Up to the bound a trial is taken.
        double bound = value - (Math.Log(draws.NextDouble()) / inverse);
        proposed++;
        if (there - bound < 2 * gain && double.IsFinite(there)) there = Searched(there, bound);
        bool back = there > value - (Coarse * rise) && IsClose();
        jumps.Learn(size, back, there < value && !back);
        if (back || !(there <= bound)) return;
        accepted++;
        bool better = there < value;
        trial.CopyTo(x, 0);
        value = there;
        if (!better) return;
        isInteger.CopyTo(still, 0);
        value = polish.QuasiNewton(x, value);
    }

    // The best of a few jumps that move the same coordinates.
    (double Value, double Size) Jump()
    {
        (double best, double size) = (double.PositiveInfinity, 0);
        jumps.Begin();
        for (int k = 0; k < Candidates && !f.IsOver; k++)
        {
            double jump = jumps.Draw(x, other), there = f.Of(other);
            if (k > 0 && !(there < best)) continue;
            (best, size) = (there, jump);
            other.CopyTo(trial, 0);
        }
        return (best, size);
    }

    double Searched(double raw, double bound)
    {
        for (int j = 0; j < d; j++) still[j] = isInteger[j] || trial[j] == x[j];
        double there = polish.QuasiNewton(trial, raw, bound, Coarse * rise);
        isInteger.CopyTo(still, 0);
        gain += 0.1 * (raw - there - gain);
        if (there > value) rise += 0.05 * (there - value - rise);
        return there;
    }

    bool IsClose()
    {
        for (int j = 0; j < d; j++)
            if (Math.Abs(trial[j] - x[j]) > Close * (f.High[j] - f.Low[j])) return false;
        return true;
    }
}
