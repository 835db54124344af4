namespace Descent;

/// <summary>One run of annealing without local search: cycles of proposals of one evaluation each.</summary>
sealed class AnnealingChain(MeteredLandscape f, AnnealingOptions options, ulong seed) : AnnealingWalk(f, options, seed)
{
    const double SmallestStep = 1e-3, Hot = 10, Range = 1e6;

    public AnnealingResult Run() => Cooled(40 * d, 2000 * d, Cycle);

    /// <inheritdoc/>
    public override void Begin()
    {
        for (int j = 0; j < d; j++) x[j] = Place(j, f.Low[j] + (draws.NextDouble() * (f.High[j] - f.Low[j])));
        value = f.Of(x);
        MeasureRise();
    }

    /// <inheritdoc/>
    public override void Step(double inverse)
    {
        Draw();
        double there = f.Of(trial);
        double u = draws.NextDouble();
        proposed++;
        if (!(there <= value) && !(u < Math.Exp(-inverse * (there - value)))) return;
        accepted++;
        trial.CopyTo(x, 0);
        value = there;
    }

    void Cycle(int length)
    {
        double j0 = Hot / rise;
        for (int k = 0; k < length && !f.IsOver; k++)
        {
            double inverse = Inverse(j0, Range, (double)k / length);
            Step(inverse);
            Mark(1 / inverse);
        }
    }

    // The mean rise of moves from the first point sets the temperature at which a cycle begins.
    void MeasureRise()
    {
        double sum = 0;
        int count = 0;
        for (int k = 0; k < 2 * d && !f.IsOver; k++)
        {
            Draw();
            double there = f.Of(trial);
            if (!(there > value) || !double.IsFinite(there)) continue;
            sum += there - value;
            count++;
        }
        rise = count > 0 ? sum / count : 1;
    }

    void Draw()
    {
        x.CopyTo(trial, 0);
        int first = draws.NextIndex(d);
        Move(first);
        if (d > 1 && draws.NextDouble() < 0.3) Move((first + 1 + draws.NextIndex(d - 1)) % d);
    }

    void Move(int j)
    {
        double width = f.High[j] - f.Low[j], size = width * Math.Pow(SmallestStep, draws.NextDouble());
        double to = trial[j] + (draws.NextDouble() < 0.5 ? -size : size);
        // Folded at the bounds, of whole numbers half a number beyond the last: the way back has the same probability.
        double low = isInteger[j] ? Math.Ceiling(f.Low[j]) - 0.5 : f.Low[j], high = isInteger[j] ? Math.Floor(f.High[j]) + 0.5 : f.High[j];
        if (to < low) to = (2 * low) - to;
        if (to > high) to = (2 * high) - to;
        trial[j] = Place(j, Math.Clamp(to, low, high));
    }

    double Place(int j, double at) => isInteger[j] ? Math.Clamp(Math.Round(at), Math.Ceiling(f.Low[j]), Math.Floor(f.High[j])) : at;
}
