using Descent.Numerics;

namespace Descent;

/// <summary>
/// Jumps from a point of a box: of one coordinate (each in turn, in a new order every round), of two or more, or of all at once; anywhere
/// in the box, or by a step. Steps that lead back to the same minimum grow, others shrink; the share of jumps anywhere follows what gains.
/// </summary>
sealed class JumpLaw(MeteredLandscape f, bool[] isInteger, Draws draws)
{
    const double ShareOfOne = 0.75, ShareOfOneLater = 0.6, ShareOfAll = 0.35;
    const double Golden = 0.6180339887498949;
    const int Early = 500;
    readonly int d = f.Low.Length;
    readonly int[] order = [.. Enumerable.Range(0, f.Low.Length)];
    readonly double[] spread = [.. f.Low.Select(_ => draws.NextDouble())];
    double least = Math.Log(0.03), radius = Math.Log(0.02), anywhere = 0.86;
    double size;
    int turn, first;
    double kind;
    bool all;

    /// <summary>Decides which coordinates the next jumps move.</summary>
    public void Begin()
    {
        bool later = f.Count > Early * d;
        all = d > 1 && later && draws.NextDouble() < ShareOfAll;
        kind = d == 1 ? 0 : draws.NextDouble() * (later ? ShareOfOne / ShareOfOneLater : 1);
        if (turn % d == 0)
            for (int i = d - 1; i > 0; i--)
            {
                int k = draws.NextIndex(i + 1);
                (order[i], order[k]) = (order[k], order[i]);
            }
        first = order[turn++ % d];
    }

    /// <summary>Writes a jump from x; returns its size in widths: 0 for anywhere, negative for all coordinates.</summary>
    public double Draw(double[] x, double[] trial)
    {
        x.CopyTo(trial, 0);
        if (all)
        {
            size = -1;
            for (int j = 0; j < d; j++) Step(trial, j, ((2 * draws.NextDouble()) - 1) * Math.Exp(radius));
            return size;
        }
        size = draws.NextDouble() < anywhere ? 0 : Math.Exp(least * draws.NextDouble());
        if (kind < ShareOfOne && size == 0)
        {
            trial[first] = Spread(first);
            return size;
        }
        Move(trial, first);
        if (kind < ShareOfOne) return size;
        if (kind < ShareOfOne + 0.2 || d == 2) Move(trial, (first + 1 + draws.NextIndex(d - 1)) % d);
        else
            for (int j = 0; j < d; j++)
                if (j != first && draws.NextDouble() < 0.5) Move(trial, j);
        return size;
    }

    /// <summary>Learns from a jump of this size: whether it led back, and whether it gained.</summary>
    public void Learn(double jump, bool back, bool gained)
    {
        if (jump < 0)
        {
            radius = Math.Clamp(radius + (back ? 0.1 : -0.05), Math.Log(1e-4), Math.Log(0.5));
            return;
        }
        if (jump > 0)
        {
            double grown = least + (0.2 * Math.Max(0, Math.Log(jump) - least)) + 0.02;
            least = Math.Clamp(back ? grown : least - 0.02, Math.Log(1e-3), Math.Log(0.3));
        }
        double toward = gained ? 0.2 * ((jump == 0 ? 1 : 0) - anywhere) : jump == 0 ? -0.005 : 0.005;
        anywhere = Math.Clamp(anywhere + toward, 0.1, 0.9);
    }

    /// <summary>A point of coordinate j that is allowed: inside the bounds, whole where it has to be.</summary>
    public double Place(int j, double at)
    {
        // Folded at the bounds: the way back has the same density.
        if (at < f.Low[j]) at = (2 * f.Low[j]) - at;
        if (at > f.High[j]) at = (2 * f.High[j]) - at;
        at = Math.Clamp(at, f.Low[j], f.High[j]);
        return isInteger[j] ? Math.Clamp(Math.Round(at), Math.Ceiling(f.Low[j]), Math.Floor(f.High[j])) : at;
    }

    // Anywhere in one coordinate, by the multiples of the golden ratio (Weyl): n of them leave no gap much wider than 1/n, where n
    // independent draws miss a valley of that width every third time.
    double Spread(int j)
    {
        spread[j] += Golden;
        spread[j] -= Math.Floor(spread[j]);
        return Place(j, f.Low[j] + (spread[j] * (f.High[j] - f.Low[j])));
    }

    void Move(double[] trial, int j)
    {
        if (size == 0) trial[j] = Place(j, f.Low[j] + (draws.NextDouble() * (f.High[j] - f.Low[j])));
        else Step(trial, j, (draws.NextDouble() < 0.5 ? -size : size) * (0.5 + draws.NextDouble()));
    }

    // A step of less than a whole number is one of a whole number.
    void Step(double[] trial, int j, double step)
    {
        double by = step * (f.High[j] - f.Low[j]);
        trial[j] = Place(j, trial[j] + (isInteger[j] && Math.Abs(by) < 1 ? Math.Sign(by) : by));
    }
}
