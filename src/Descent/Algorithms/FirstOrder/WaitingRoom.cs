using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>
/// Coordinates that wait while steps <c>w ← a_t w − b_t m</c> pass over them, and what they have missed:
/// with <c>s_k = Π a</c> and <c>D_k = Σ b/s</c> the coordinate that was left at step i is at step
/// k <c>w = s_k (w_i/s_i − (D_k − D_i) m)</c>, and the sum of its values in between follows from the sums of s and of sD.
/// </summary>
sealed class WaitingRoom
{
    // Beyond this the scale would eat precision.
    const double Least = 1e-6;
    readonly int[] since;
    readonly Mark[] marks;
    long now;

    /// <summary>A room for d coordinates.</summary>
    public WaitingRoom(int dimension)
    {
        // All are brought up to date now and then: often enough for the sums to stay in the cache, seldom enough not to count.
        int steps = Math.Clamp(dimension / 32, 4096, 65_536);
        since = new int[dimension];
        marks = new Mark[steps + 1];
        marks[0].Scale = 1;
    }

    /// <summary>Whether a step with this decay can be waited for; otherwise all must be brought up to date first.</summary>
    public bool HasRoom(double decay) => now + 1 < marks.Length && marks[now].Scale * decay > Least;

    /// <summary>Whether all are up to date.</summary>
    public bool IsEmpty => now == 0;

    /// <summary>A step <c>w ← a w − b m</c> has passed.</summary>
    public void Pass(double decay, double move)
    {
        ref readonly Mark at = ref marks[now];
        double scale = at.Scale * decay;
        marks[++now] = new Mark
        {
            Scale = scale,
            Drift = at.Drift + (move / scale),
            Scales = at.Scales + at.Scale,
            Drifts = at.Drifts + (at.Scale * at.Drift),
        };
    }

    /// <summary>The coordinate takes part in the step at hand by itself.</summary>
    public void Skip(int j) => since[j] = (int)now + 1;

    /// <summary>Where coordinate j is now, from where it was left and its drift.</summary>
    public double Value(int j, double left, double m)
    {
        if (since[j] == now) return left;
        ref readonly Mark then = ref marks[since[j]], at = ref marks[now];
        return at.Scale * ((left / then.Scale) - ((at.Drift - then.Drift) * m));
    }

    /// <summary>The sum of its values before the steps it has waited for.</summary>
    public double Sum(int j, double left, double m)
    {
        ref readonly Mark then = ref marks[since[j]], at = ref marks[now];
        return (((left / then.Scale) + (then.Drift * m)) * (at.Scales - then.Scales)) - (m * (at.Drifts - then.Drifts));
    }

    /// <summary>Asks the processor for what is known of a coordinate.</summary>
    public void Ahead(int j) => Prefetch.Read(ref since[j]);

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
        visitor.Buffer<Mark>("marks", marks);
        visitor.Number("now", ref now);
    }

    // s, D, and the sums of s and of sD over the steps before: together, since they are asked for together.
    struct Mark
    {
        public double Scale, Drift, Scales, Drifts;
    }
}
