using Descent.Numerics;

namespace Descent;

/// <summary>One run of annealing without local search: cycles of proposals of one evaluation each.</summary>
sealed class AnnealingChain
{
    const double SmallestStep = 1e-3, Hot = 10, Cooled = 1e6;
    readonly MeteredLandscape f;
    readonly AnnealingOptions options;
    readonly Draws draws;
    readonly bool[] isInteger;
    readonly double[] x, trial;
    readonly List<AnnealingMark> trace = [];
    readonly int d;
    double value, rise;
    long proposed, accepted;

    public AnnealingChain(MeteredLandscape f, AnnealingOptions options)
    {
        (this.f, this.options, d) = (f, options, f.Low.Length);
        draws = new Draws(options.Seed);
        isInteger = new bool[d];
        foreach (int j in options.Integers) isInteger[j] = true;
        (x, trial) = (new double[d], new double[d]);
    }

    public AnnealingResult Run()
    {
        for (int j = 0; j < d; j++) x[j] = Place(j, f.Low[j] + (draws.NextDouble() * (f.High[j] - f.Low[j])));
        value = f.Of(x);
        MeasureRise();
        for (int length = 40 * d; !f.IsOver; length = Math.Min(2 * length, 2000 * d)) Cycle(length);
        return new([.. f.Best], f.BestValue, f.Count, f.BestAt, (double)accepted / proposed, trace, f.WasCancelled);
    }

    void Cycle(int length)
    {
        double j0 = Hot / rise;
        for (int k = 0; k < length && !f.IsOver; k++)
        {
            double inverse = options.Cooling switch
            {
                Cooling.Geometric => j0 * Math.Pow(Cooled, (double)k / length),
                Cooling.Constant => 1 / (options.Depth ?? rise),
                _ => Math.Log(2 + proposed) / (options.Depth ?? rise),
            };
            Propose(inverse);
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

    void Propose(double inverse)
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

    void Mark(double temperature)
    {
        if (f.Count < (long)trace.Count * f.Budget / 500) return;
        trace.Add(new(f.Count, temperature, value, f.BestValue, (double)accepted / proposed, [.. x]));
    }
}
