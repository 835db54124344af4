using System.Globalization;
using Descent.StepSizes;

namespace Descent.Fitting.Planning;

/// <summary>The text form of schedules: <c>cosine:min=1e-5,warmup=5%</c>, <c>constant:over=50% then linear</c>. Lengths are epochs, or per cent of the run.</summary>
static class ScheduleText
{
    const string Known = "constant; linear:end=0,over=100%; 1/t:rate=R; exp:rate=R; power:p=0.5; step:factor=10,every=30; cosine:min=0,over=100%; cosine-restarts:first=10%,times=2,min=0,shrink=1; "
        + "one-cycle:peak=30%,start=25,final=1e4; wsd:decay=20%; strongly-convex (1/(μ(t+H/μ))); horizon (2 ln T/(μT), or η/√T where no μ is certain); polyak:least=0,c=0.5,max=1; each with warmup=LENGTH and base-batch=B (η scaled by batch/B); 'A then B' after A's over=LENGTH. "
        + "Lengths are epochs (30) or part of the run (5%), over= counts the warm-up in; rates are per epoch";

    public static IStepSize Parse(string text, double start, long stepsPerEpoch, long totalSteps, double mu, double smoothness, int batch)
    {
        string[] parts = text.Split(" then ", StringSplitOptions.TrimEntries);
        IStepSize? whole = null;
        long left = totalSteps;
        List<(IStepSize Schedule, long Length)> done = [];
        for (int i = 0; i < parts.Length; i++)
        {
            Reader r = Reader.Of(text, parts[i], stepsPerEpoch, totalSteps);
            bool last = i == parts.Length - 1;
            if (!last && !r.Has("over")) throw new UsageException($"--schedule '{text}': '{parts[i]}' needs over=LENGTH, so that it is known when the next part begins.");
            long length = last ? left : Math.Min(left, (long)r.Length("over", left));
            done.Add((Checked(text, r, start, stepsPerEpoch, last ? left : length, mu, smoothness, batch), length));
            left = Math.Max(1, left - length);
        }
        for (int i = done.Count - 1; i >= 0; i--)
            whole = whole is null ? done[i].Schedule : done[i].Schedule.Then(done[i].Length, whole);
        return whole!;
    }

    static IStepSize Checked(string text, Reader r, double start, long stepsPerEpoch, long steps, double mu, double smoothness, int batch)
    {
        try
        {
            return One(text, r, start, stepsPerEpoch, steps, mu, smoothness, batch);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--schedule '{text}': {e.Message}");
        }
    }

    static IStepSize One(string text, Reader r, double start, long stepsPerEpoch, long steps, double mu, double smoothness, int batch)
    {
        // A part lasts its over=, warm-up included, so that a schedule takes the same course whether its length is written out or not.
        double length = r.Has("over") ? r.Length("over", steps) : steps;
        long warmUp = r.IsZero("warmup") ? 0 : (long)r.Length("warmup", 0);
        if (warmUp >= length && warmUp > 0) throw new UsageException($"--schedule '{text}': the warm-up of {warmUp} steps leaves nothing of {length:G6} steps.");
        length = Math.Max(1, length - warmUp);
        steps = Math.Max(1, steps - warmUp);
        IStepSize schedule = r.Name switch
        {
            "constant" => r.Ignoring("over", new Constant(start)),
            "linear" => new Linear(start, r.Number("end", 0), r.Lasting(length)),
            "1/t" or "inverse" or "inverse-time" => r.Ignoring("over", new InverseTime(start, r.Number("rate", 1) / stepsPerEpoch)),
            "exp" or "exponential" => r.Ignoring("over", new Exponential(start, r.Number("rate", 0.1) / stepsPerEpoch)),
            "power" or "invscaling" => r.Ignoring("over", new Power(start, r.Number("p", 0.5))),
            "step" => r.Ignoring("over", new StepDecay(start, r.Number("factor", 10), Math.Max(1, (long)r.Length("every", 30.0 * stepsPerEpoch)))),
            "cosine" => new Cosine(start, r.Number("min", 0), r.Lasting(length)),
            "cosine-restarts" => r.Ignoring("over", new WarmRestarts((long)Math.Max(1, r.Length("first", 0.1 * steps)), r.Number("times", 2), start, r.Number("min", 0), r.Number("shrink", 1))),
            "one-cycle" => new OneCycle(start, (long)r.Lasting(length), r.Part("peak", 0.3), r.Number("start", 25), r.Number("final", 1e4)),
            "wsd" => new Linear(start, 0, Math.Max(1, r.Part("decay", 0.2) * steps)).After((long)((1 - r.Part("decay", 0.2)) * steps), start),
            "strongly-convex" or "optimal" => mu > 0
                ? r.Ignoring("over", new StronglyConvex(mu, Math.Max(smoothness, 1 / start)))
                : throw new UsageException("--schedule strongly-convex needs μ > 0; give a penalty with --l2 (and note that a free intercept is not part of it)."),
            "horizon" => r.Ignoring("over", mu > 0 ? TheoryStep.Horizon(mu, Math.Max(smoothness, 1 / start), steps) : TheoryStep.Horizon(steps, start)),
            "polyak" or "sps" => r.Ignoring("over", new Polyak(r.Number("c", 0.5), r.Number("least", 0), r.Number("max", 1))),
            _ => throw new UsageException($"--schedule '{text}' is not known. Known: {Known}."),
        };
        double baseBatch = r.Number("base-batch", 0);
        r.RequireAllUsed(Known);
        if (baseBatch > 0) schedule = new BatchScaled(schedule, baseBatch, batch);
        return warmUp > 0 ? new WarmUp(warmUp, schedule) : schedule;
    }

    sealed class Reader(string text, string name, Dictionary<string, string> given, long stepsPerEpoch, long totalSteps)
    {
        readonly HashSet<string> used = [];

        public string Name => name;

        public static Reader Of(string text, string part, long stepsPerEpoch, long totalSteps)
        {
            string[] halves = part.Split(':', 2);
            Dictionary<string, string> given = new(StringComparer.Ordinal);
            if (halves.Length == 2)
            {
                foreach (string item in halves[1].Split(',', StringSplitOptions.RemoveEmptyEntries))
                {
                    string[] pair = item.Split('=', 2);
                    if (pair.Length != 2) throw new UsageException($"--schedule '{text}': '{item}' is not key=value. Known: {Known}.");
                    given[pair[0].Trim()] = pair[1].Trim();
                }
            }
            return new Reader(text, halves[0].Trim(), given, stepsPerEpoch, totalSteps);
        }

        public bool Has(string key) => given.ContainsKey(key);

        // The length of a schedule that has one: over= has its meaning.
        public double Lasting(double length)
        {
            used.Add("over");
            return length;
        }

        public bool IsZero(string key)
        {
            bool zero = given.TryGetValue(key, out string? value) && double.TryParse(value.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && x == 0;
            if (zero) used.Add(key);
            return zero;
        }

        // A length that only says where the next part begins; without a next part it means nothing and is refused.
        public IStepSize Ignoring(string key, IStepSize schedule)
        {
            if (text.Contains(" then ", StringComparison.Ordinal)) used.Add(key);
            return schedule;
        }

        public double Number(string key, double otherwise)
        {
            used.Add(key);
            if (!given.TryGetValue(key, out string? value)) return otherwise;
            if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) || !(x >= 0) || !double.IsFinite(x))
                throw new UsageException($"--schedule '{text}': {key} is '{value}', expected a number ≥ 0.");
            return x;
        }

        public double Part(string key, double otherwise)
        {
            used.Add(key);
            if (!given.TryGetValue(key, out string? value)) return otherwise;
            if (!value.EndsWith('%') || !double.TryParse(value[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double x) || !(x is > 0 and < 100))
                throw new UsageException($"--schedule '{text}': {key} is '{value}', expected a part of the run between 0% and 100%.");
            return x / 100;
        }

        public double Length(string key, double otherwise)
        {
            if (key != "over") used.Add(key);
            if (!given.TryGetValue(key, out string? value)) return otherwise;
            bool part = value.EndsWith('%');
            if (!double.TryParse(part ? value[..^1] : value, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) || !(x >= 0) || !double.IsFinite(x))
                throw new UsageException($"--schedule '{text}': {key} is '{value}', expected epochs (30) or part of the run (5%).");
            if (x == 0) throw new UsageException($"--schedule '{text}': {key} is 0; a length must be above 0.");
            return Math.Max(1, part ? x / 100 * totalSteps : x * stepsPerEpoch);
        }

        public void RequireAllUsed(string known)
        {
            foreach (string key in given.Keys)
                if (!used.Contains(key)) throw new UsageException($"--schedule '{text}': '{key}' means nothing here. Known: {known}.");
        }
    }
}
