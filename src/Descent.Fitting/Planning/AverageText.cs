using System.Globalization;
using Descent.Algorithms;

namespace Descent.Fitting.Planning;

/// <summary>The text form of averages: <c>ema:0.99</c>, <c>swa:from=75%,every=100</c>.</summary>
static class AverageText
{
    const string Known = "uniform, weighted, own, random, suffix, ema:β, polynomial:γ, swa:from=75%,every=STEPS";

    public static Averaging Parse(string text, long steps)
    {
        string[] halves = text.Split(':', 2);
        string rest = halves.Length == 2 ? halves[1] : "";
        AverageKind kind = halves[0] switch
        {
            "uniform" => AverageKind.Uniform,
            "weighted" => AverageKind.StepSizeWeighted,
            "own" => AverageKind.OwnWeights,
            "random" => AverageKind.RandomIterate,
            "suffix" => AverageKind.Suffix,
            "ema" => AverageKind.Exponential,
            "polynomial" => AverageKind.Polynomial,
            "swa" => AverageKind.Cyclic,
            _ => throw Wrong(text),
        };
        if (kind == AverageKind.Cyclic) return Cyclic(text, rest, steps);
        if (rest.Length == 0) return kind;
        double number = Number(text, rest);
        bool fits = kind switch
        {
            AverageKind.Exponential => number is > 0 and < 1,
            AverageKind.Polynomial => number >= 0,
            _ => false,
        };
        return fits ? new Averaging(kind, number) : throw Wrong(text);
    }

    static Averaging Cyclic(string text, string rest, long steps)
    {
        double from = 0.75, every = 1;
        foreach (string part in rest.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.StartsWith("from=", StringComparison.Ordinal) && part.EndsWith('%')) from = Number(text, part[5..^1]) / 100;
            else if (part.StartsWith("every=", StringComparison.Ordinal)) every = Math.Floor(Number(text, part[6..]));
            else throw Wrong(text);
        }
        if (!(from is >= 0 and < 1) || !(every >= 1)) throw Wrong(text);
        return new Averaging(AverageKind.Cyclic, every, steps == long.MaxValue ? 0 : (long)(from * steps));
    }

    static double Number(string text, string part) =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && double.IsFinite(x) ? x : throw Wrong(text);

    static UsageException Wrong(string text) => new($"--average is '{text}'; expected {Known}, with 0 < β < 1, γ ≥ 0 and steps ≥ 1.");
}
