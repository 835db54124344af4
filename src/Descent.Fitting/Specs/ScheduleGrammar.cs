using System.Globalization;

namespace Descent.Fitting;

/// <summary>
/// The text form of schedules: <c>cosine:min=1e-5,warmup=5%</c>, <c>constant:over=50% then linear</c>. Lengths are epochs, or per cent of
/// the run.
/// </summary>
static class ScheduleGrammar
{
    public const string Known = "constant; linear:end=0,over=100%; 1/t:rate=R; exp:rate=R; power:p=0.5; step:factor=10,every=30; "
        + "cosine:min=0,over=100%; "
        + "cosine-restarts:first=10%,times=2,min=0,shrink=1; one-cycle:peak=30%,start=25,final=1e4; wsd:decay=20%; strongly-convex "
            + "(1/(μ(t+H/μ))); "
        + "horizon (2 ln T/(μT), or η/√T where no μ is certain); polyak:least=0,c=0.5,max=1; each with warmup=LENGTH and base-batch=B "
            + "(η scaled by batch/B); "
        + "'A then B' after A's over=LENGTH. Lengths are epochs (30) or part of the run (5%), over= counts the warm-up in; rates are "
            + "per epoch";

    static readonly string[] Lengths = ["over", "warmup", "every", "first"];
    static readonly string[] PartsOfRun = ["peak", "decay"];

    // The numbers of each shape beside warmup and base-batch; over= ends a shape that another follows, and is the length of those that have
    // one.
    static readonly Dictionary<string, string[]> shapes = new(StringComparer.Ordinal)
    {
        ["constant"] = [],
        ["linear"] = ["end", "over"],
        ["1/t"] = ["rate"],
        ["exp"] = ["rate"],
        ["power"] = ["p"],
        ["step"] = ["factor", "every"],
        ["cosine"] = ["min", "over"],
        ["cosine-restarts"] = ["first", "times", "min", "shrink"],
        ["one-cycle"] = ["peak", "start", "final", "over"],
        ["wsd"] = ["decay"],
        ["strongly-convex"] = [],
        ["horizon"] = [],
        ["polyak"] = ["c", "least", "max"],
    };

    static readonly Dictionary<string, string> aliases = new(StringComparer.Ordinal)
    {
        ["inverse"] = "1/t",
        ["inverse-time"] = "1/t",
        ["exponential"] = "exp",
        ["invscaling"] = "power",
        ["optimal"] = "strongly-convex",
        ["sps"] = "polyak",
    };

    public static IReadOnlyList<SchedulePart> Parts(string text)
    {
        string[] parts = text.Split(" then ", StringSplitOptions.TrimEntries);
        List<SchedulePart> found = [];
        for (int i = 0; i < parts.Length; i++)
        {
            SchedulePart part = One(text, parts[i], parts.Length > 1);
            if (i < parts.Length - 1 && !part.Numbers.ContainsKey("over"))
                throw Wrong(text, $"'{parts[i]}' needs over=LENGTH, so that it is known when the next part begins.");
            found.Add(part);
        }
        return found;
    }

    public static FitException Wrong(string text, string why) => new($"`Schedule` '{text}': {why}");

    static SchedulePart One(string text, string part, bool oneOfMany)
    {
        string[] halves = part.Split(':', 2, StringSplitOptions.TrimEntries);
        string name = aliases.GetValueOrDefault(halves[0], halves[0]);
        if (!shapes.TryGetValue(name, out string[]? numbers)) throw new FitException($"`Schedule` '{text}' is not known. Known: {Known}.");
        Dictionary<string, ScheduleNumber> given = new(StringComparer.Ordinal);
        foreach (string item in halves.Length < 2 ? [] : halves[1].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = item.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length != 2) throw Wrong(text, $"'{item}' is not key=value. Known: {Known}.");
            if (!numbers.Contains(pair[0]) && pair[0] is not ("warmup" or "base-batch") && !(oneOfMany && pair[0] == "over"))
                throw Wrong(text, $"'{pair[0]}' means nothing here. Known: {Known}.");
            given[pair[0]] = Number(text, pair[0], pair[1]);
        }
        return new SchedulePart(name, given);
    }

    static ScheduleNumber Number(string text, string key, string value)
    {
        bool percent = value.EndsWith('%');
        bool number = double.TryParse(percent ? value[..^1] : value, NumberStyles.Float, CultureInfo.InvariantCulture, out double x)
            && x >= 0 && double.IsFinite(x);
        if (PartsOfRun.Contains(key))
        {
            if (!number || !percent || x is <= 0 or >= 100)
                throw Wrong(text, $"{key} is '{value}', expected a part of the run between 0% and 100%.");
        }
        else if (Lengths.Contains(key))
        {
            if (!number) throw Wrong(text, $"{key} is '{value}', expected epochs (30) or part of the run (5%).");
            if (x == 0 && key != "warmup") throw Wrong(text, $"{key} is 0; a length must be above 0.");
        }
        else if (!number || percent)
        {
            throw Wrong(text, $"{key} is '{value}', expected a number ≥ 0.");
        }
        return new ScheduleNumber(x, percent);
    }
}
