using Descent.Numerics;

namespace Descent;

/// <summary>A point that moves at inverse temperatures given from outside: by cycles that cool, or by its place on a ladder.</summary>
abstract class AnnealingWalk
{
    protected readonly MeteredLandscape f;
    protected readonly AnnealingOptions options;
    protected readonly Draws draws;
    protected readonly bool[] isInteger;
    protected readonly int d;
    protected double[] x, trial;
    protected double value, rise;
    protected long proposed, accepted;
    readonly List<AnnealingMark> trace = [];

    protected AnnealingWalk(MeteredLandscape f, AnnealingOptions options, ulong seed)
    {
        (this.f, this.options, d) = (f, options, f.Low.Length);
        draws = new Draws(seed);
        isInteger = new bool[d];
        foreach (int j in options.Integers) isInteger[j] = true;
        (x, trial) = (new double[d], new double[d]);
    }

    /// <summary>The function at the point.</summary>
    public double Value => value;

    /// <summary>How far the function rises from here, on average, as far as it is known.</summary>
    public double Rise => rise;

    /// <summary>Share of the proposals that were accepted; NaN without one.</summary>
    public double Acceptance => (double)accepted / proposed;

    public long Proposed => proposed;

    public long Accepted => accepted;

    public double[] Point => [.. x];

    /// <summary>Finds a first point and a first guess of rises.</summary>
    public abstract void Begin();

    /// <summary>One proposal at inverse temperature J, taken or not.</summary>
    public abstract void Step(double inverse);

    /// <summary>Makes the best point finer where that is allowed.</summary>
    public virtual void Refine()
    {
    }

    /// <summary>Changes points with another walk; what each has learnt of its temperature stays.</summary>
    public void Exchange(AnnealingWalk other)
    {
        (x, other.x) = (other.x, x);
        (value, other.value) = (other.value, value);
    }

    /// <summary>One walk, cooled in cycles of at least <paramref name="first"/> and at most <paramref name="longest"/> units.</summary>
    protected AnnealingResult Cooled(int first, int longest, Action<int> cycle)
    {
        Begin();
        for (int length = first; !f.IsOver; length = Math.Min(2 * length, longest)) cycle(length);
        return new([.. f.Best], f.BestValue, f.Count, f.BestAt, Acceptance, trace, f.WasCancelled);
    }

    // J at a share of a cycle that begins at j0.
    protected double Inverse(double j0, double cooled, double share) => options.Cooling switch
    {
        Cooling.Geometric => j0 * Math.Pow(cooled, share),
        Cooling.Constant => 1 / (options.Depth ?? rise),
        _ => Math.Log(2 + proposed) / (options.Depth ?? rise),
    };

    protected void Mark(double temperature)
    {
        if (f.Count < (long)trace.Count * f.Budget / AnnealingMark.Most) return;
        trace.Add(new(f.Count, temperature, value, f.BestValue, Acceptance, Point));
    }
}
