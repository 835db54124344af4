using System.Diagnostics;
using System.Globalization;

namespace Descent.Cli.Output;

/// <summary>
/// Where the time of a command goes: what lies between two marks is one part, and the parts add up to the age of the process.
/// </summary>
sealed class Profile
{
    readonly List<(string Part, double Seconds)> parts = [];
    long last = Stopwatch.GetTimestamp();

    /// <summary>Begins with what has passed since the process was started: loading, compiling, reading the command line.</summary>
    public Profile() => parts.Add(
        ("start-up", Math.Max(0, (DateTimeOffset.UtcNow - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalSeconds)));

    /// <summary>The parts so far.</summary>
    public IReadOnlyList<(string Part, double Seconds)> Parts => parts;

    /// <summary>What has passed since the last mark was this.</summary>
    public void Mark(string part) => parts.Add((part, Since()));

    /// <summary>
    /// What has passed since the last mark was this run: its steps, looks and certificate as it measured them, and the rest, which is
    /// separation, inference and measures of the fit.
    /// </summary>
    public void Mark(Fitted fit)
    {
        (double steps, double looks, double certificate) = fit.Seconds;
        // What another process has done before is no part of this one.
        (steps, looks) = (steps - fit.Earlier.Steps, looks - fit.Earlier.Looks);
        parts.AddRange([("steps", steps), ("looks", looks), ("certificate", certificate),
            ("inference", Math.Max(0, Since() - steps - looks - certificate))]);
    }

    /// <summary>The table of <c>--profile</c>.</summary>
    public string Table()
    {
        double total = parts.Sum(p => p.Seconds);
        IEnumerable<string> lines = parts.Append(("process", total))
            .Select(p => string.Create(
            CultureInfo.InvariantCulture, $"  {p.Item1,-12}{p.Item2,10:0.000} s{100 * p.Item2 / Math.Max(total, 1e-9),7:0.0} %"));
        return $"\nWhere the time went (wall clock)\n{string.Join('\n', lines)}\n";
    }

    double Since()
    {
        long now = Stopwatch.GetTimestamp();
        double seconds = Stopwatch.GetElapsedTime(last, now).TotalSeconds;
        last = now;
        return seconds;
    }
}
