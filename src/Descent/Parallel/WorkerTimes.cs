namespace Descent.Parallel;

/// <summary>
/// A replayable schedule of simulated workers: how long the k-th gradient of worker m takes, and whether the worker is lost in it. Every
/// answer is a function of a key, m and k alone. A gradient takes <c>speed_m·(1 + jitter·E)</c>, E exponential with mean 1, speed 1, and
/// <c>1 + lag</c> for the last worker.
/// </summary>
/// <param name="Lag">How much longer the last worker takes, ≥ 0, relative to the others.</param>
/// <param name="Jitter">Mean of the random part of a time, relative to its fixed part, ≥ 0.</param>
/// <param name="FailureRate">Probability in [0, 1) that a worker is lost in a gradient.</param>
/// <param name="Repair">Time until a lost worker is back, ≥ 0, in units of a gradient's fixed part.</param>
public sealed record WorkerTimes(double Lag = 0, double Jitter = 0, double FailureRate = 0, double Repair = 10)
{
    /// <summary>How much longer the last worker takes.</summary>
    public double Lag { get; } = Guard.Within("The lag", Lag, 0, double.PositiveInfinity, nameof(WorkerTimes));

    /// <summary>Mean of the random part of a time.</summary>
    public double Jitter { get; } = Guard.Within("The jitter", Jitter, 0, double.PositiveInfinity, nameof(WorkerTimes));

    /// <summary>Probability that a worker is lost in a gradient.</summary>
    public double FailureRate { get; } = Guard.Within("The failure rate", FailureRate, 0, 1, nameof(WorkerTimes));

    /// <summary>Time until a lost worker is back.</summary>
    public double Repair { get; } = Guard.Within("The repair time", Repair, 0, double.PositiveInfinity, nameof(WorkerTimes));

    /// <summary>How long the k-th gradient of a worker takes; when it fails, how long until the worker is lost.</summary>
    public double Duration(int worker, int workers, long k, ulong key)
    {
        double speed = worker == workers - 1 && workers > 1 ? 1 + Lag : 1;
        if (Jitter == 0) return speed;
        double u = (Philox.Pair((ulong)k, key ^ Salt(worker)).A >> 11) * (1.0 / (1L << 53));
        return speed * (1 - (Jitter * Math.Log(1 - u)));
    }

    /// <summary>Whether the worker is lost in its k-th gradient.</summary>
    public bool Fails(int worker, long k, ulong key) =>
        FailureRate > 0 && (Philox.Pair((ulong)k, key ^ Salt(worker)).B >> 11) * (1.0 / (1L << 53)) < FailureRate;

    static ulong Salt(int worker) => ((ulong)worker + 1) * 0x9E3779B97F4A7C15UL;
}
