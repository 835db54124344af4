using System.Globalization;
using Descent.StepSizes;

namespace Descent.Cli.Fitting;

/// <summary>The text form of schedules: <c>cosine:min=1e-5,warmup=5%</c>. Lengths are epochs, or per cent of the run.</summary>
static class ScheduleText
{
    const string Known = "constant, linear:end=0,over=100%; 1/t:rate=R; exp:rate=R; power:p=0.5; step:factor=10,every=30; cosine:min=0,over=100%; strongly-convex (1/(μ(t+H/μ))); each with warmup=LENGTH. Lengths are epochs (30) or part of the run (5%); rates are per epoch";

    public static IStepSize Parse(string text, double start, long stepsPerEpoch, long totalSteps, double mu, double smoothness)
    {
        string[] halves = text.Split(':', 2);
        Dictionary<string, string> given = new(StringComparer.Ordinal);
        if (halves.Length == 2)
        {
            foreach (string part in halves[1].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] pair = part.Split('=', 2);
                if (pair.Length != 2) throw new UsageException($"--schedule '{text}': '{part}' is not key=value. Known: {Known}.");
                given[pair[0].Trim()] = pair[1].Trim();
            }
        }
        Reader r = new(text, given, stepsPerEpoch, totalSteps);
        long warmUp = (long)r.Length("warmup", 0);
        totalSteps = Math.Max(1, totalSteps - warmUp);
        IStepSize schedule = halves[0].Trim() switch
        {
            "constant" => new Constant(start),
            "linear" => new Linear(start, r.Number("end", 0), r.Length("over", totalSteps)),
            "1/t" or "inverse" or "inverse-time" => new InverseTime(start, r.Number("rate", 1) / stepsPerEpoch),
            "exp" or "exponential" => new Exponential(start, r.Number("rate", 0.1) / stepsPerEpoch),
            "power" or "invscaling" => new Power(start, r.Number("p", 0.5)),
            "step" => new StepDecay(start, r.Number("factor", 10), Math.Max(1, (long)r.Length("every", 30.0 * stepsPerEpoch))),
            "cosine" => new Cosine(start, r.Number("min", 0), r.Length("over", totalSteps)),
            "strongly-convex" or "optimal" => mu > 0
                ? new StronglyConvex(mu, Math.Max(smoothness, 1 / start))
                : throw new UsageException("--schedule strongly-convex needs μ > 0; give a penalty with --l2 (and note that a free intercept is not part of it)."),
            _ => throw new UsageException($"--schedule '{text}' is not known. Known: {Known}."),
        };
        r.RequireAllUsed(Known);
        return warmUp > 0 ? new WarmUp(warmUp, schedule) : schedule;
    }

    sealed class Reader(string text, Dictionary<string, string> given, long stepsPerEpoch, long totalSteps)
    {
        readonly HashSet<string> used = [];

        public double Number(string key, double otherwise)
        {
            used.Add(key);
            if (!given.TryGetValue(key, out string? value)) return otherwise;
            if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) || !(x >= 0) || !double.IsFinite(x))
                throw new UsageException($"--schedule '{text}': {key} is '{value}', expected a number ≥ 0.");
            return x;
        }

        public double Length(string key, double otherwise)
        {
            used.Add(key);
            if (!given.TryGetValue(key, out string? value)) return otherwise;
            bool part = value.EndsWith('%');
            if (!double.TryParse(part ? value[..^1] : value, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) || !(x >= 0) || !double.IsFinite(x))
                throw new UsageException($"--schedule '{text}': {key} is '{value}', expected epochs (30) or part of the run (5%).");
            return Math.Max(1, part ? x / 100 * totalSteps : x * stepsPerEpoch);
        }

        public void RequireAllUsed(string known)
        {
            foreach (string key in given.Keys)
                if (!used.Contains(key)) throw new UsageException($"--schedule '{text}': '{key}' means nothing here. Known: {known}.");
        }
    }
}
