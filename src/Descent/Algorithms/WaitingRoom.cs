using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// Coordinates that wait while steps <c>w ← a_t w − b_t m</c> pass over them, and what they have missed: with <c>s_k = Π a</c> and <c>D_k = Σ b/s</c> the coordinate that was left at step i is at
/// step k <c>w = s_k (w_i/s_i − (D_k − D_i) m)</c>, and the sum of its values in between follows from the sums of s and of sD.
/// </summary>
sealed class WaitingRoom
{
    // Beyond this the scale would eat precision.
    const double Least = 1e-6;
    readonly int[] since;
    readonly double[] scale, drift, scales, drifts;
    long now;

    /// <summary>A room for d coordinates.</summary>
    public WaitingRoom(int dimension)
    {
        // All are brought up to date now and then: often enough for the sums to stay in the cache, seldom enough not to count.
        int steps = Math.Clamp(dimension / 16, 4096, 65_536);
        since = new int[dimension];
        (scale, drift, scales, drifts) = (new double[steps + 1], new double[steps + 1], new double[steps + 1], new double[steps + 1]);
        scale[0] = 1;
    }

    /// <summary>Whether a step with this decay can be waited for; otherwise all must be brought up to date first.</summary>
    public bool HasRoom(double decay) => now + 1 < scale.Length && scale[now] * decay > Least;

    /// <summary>Whether all are up to date.</summary>
    public bool IsEmpty => now == 0;

    /// <summary>A step <c>w ← a w − b m</c> has passed.</summary>
    public void Pass(double decay, double move)
    {
        scale[now + 1] = scale[now] * decay;
        drift[now + 1] = drift[now] + (move / scale[now + 1]);
        scales[now + 1] = scales[now] + scale[now];
        drifts[now + 1] = drifts[now] + (scale[now] * drift[now]);
        now++;
    }

    /// <summary>The coordinate takes part in the step at hand by itself.</summary>
    public void Skip(int j) => since[j] = (int)now + 1;

    /// <summary>Where coordinate j is now, from where it was left and its drift.</summary>
    public double Value(int j, double left, double m)
    {
        int i = since[j];
        return i == now ? left : (scale[now] / scale[i] * left) - (scale[now] * (drift[now] - drift[i]) * m);
    }

    /// <summary>The sum of its values before the steps it has waited for.</summary>
    public double Sum(int j, double left, double m)
    {
        int i = since[j];
        return (((left / scale[i]) + (drift[i] * m)) * (scales[now] - scales[i])) - (m * (drifts[now] - drifts[i]));
    }

    /// <summary>The coordinate is up to date.</summary>
    public void Enter(int j) => since[j] = (int)now;

    /// <summary>All are up to date, and counting begins anew.</summary>
    public void Clear()
    {
        Array.Clear(since);
        now = 0;
    }

    /// <summary>Shows its state to a visitor.</summary>
    public void Visit(IStateVisitor visitor)
    {
        visitor.Buffer<int>("since", since);
        visitor.Buffer<double>("scale", scale);
        visitor.Buffer<double>("drift", drift);
        visitor.Buffer<double>("scales", scales);
        visitor.Buffer<double>("drifts", drifts);
        visitor.Number("now", ref now);
    }
}
