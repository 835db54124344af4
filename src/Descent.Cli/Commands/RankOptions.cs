using System.CommandLine;
using System.Globalization;
using Descent.Fitting.Planning;

namespace Descent.Cli.Commands;

/// <summary>The options of <c>plan</c> that speak of ranks.</summary>
sealed class RankOptions
{
    readonly Option<string?> ranks = new("--ranks")
    {
        Description = "Numbers of ranks to forecast for, 8,64,1024: bytes a step, time an epoch and efficiency of the recommended method. "
            + "Under mpirun the link is measured between the ranks.",
    };

    readonly Option<double?> latency = new("--latency")
    {
        Description = "With --ranks: α, microseconds that a message takes however small it is. Default 20, or measured.",
    };

    readonly Option<double?> bandwidth = new("--bandwidth")
    {
        Description = "With --ranks: 1/β, GB/s between two ranks. Default 1.125 (10 GbE at 90 %), or measured.",
    };

    public void AddTo(Command command)
    {
        command.Add(ranks);
        command.Add(latency);
        command.Add(bandwidth);
    }

    /// <summary>Numbers of ranks, and the link between them; null when nothing was asked.</summary>
    public (int[] Counts, LinkModel Link)? Read(ParseResult p)
    {
        (string? asked, double? alpha, double? speed) = (p.GetValue(ranks), p.GetValue(latency), p.GetValue(bandwidth));
        if (asked is null)
        {
            if (alpha is not null || speed is not null)
                throw new UsageException("--latency and --bandwidth belong to --ranks, which says for how many ranks: --ranks 8,64,1024.");
            if (RankJob.Group is { Size: > 1 })
                throw new UsageException("'plan' runs in one process; under mpirun it measures the link for --ranks.");
            return null;
        }
        if (alpha < 0 || double.IsNaN(alpha ?? 0) || double.IsInfinity(alpha ?? 0))
            throw new UsageException(FormattableString.Invariant($"--latency is {alpha}; expected microseconds ≥ 0, for example 20."));
        if (speed is not null and not (> 0 and <= double.MaxValue))
            throw new UsageException(FormattableString.Invariant($"--bandwidth is {speed}; expected GB/s above 0, for example 1.125."));
        return (Counts(asked), Link(alpha, speed));
    }

    static int[] Counts(string text)
    {
        List<int> counts = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
            counts.Add(int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n is >= 1 and <= 1 << 20 ? n
                : throw new UsageException($"--ranks is '{text}'; expected numbers from 1 to 1048576, for example 8,64,1024."));
        return [.. counts];
    }

    // What is given is taken; what is not is measured where there are ranks, and usual where there are none.
    static LinkModel Link(double? alpha, double? speed)
    {
        LinkModel known = RankJob.Group is { Size: > 1 } group ? LinkModel.Measure(group)
            : new(LinkModel.UsualLatency, 1 / LinkModel.UsualBandwidth, "a usual 10 GbE");
        if (alpha is null && speed is null) return known;
        string both = alpha is not null && speed is not null ? "given" : $"{(alpha is null ? "1/β" : "α")} given, the other {known.Origin}";
        return new(alpha * 1e-6 ?? known.Latency, 1e-9 / speed ?? known.SecondsPerByte, both);
    }
}
