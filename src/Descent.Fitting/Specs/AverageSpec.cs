using System.Globalization;
using Descent.Algorithms;

namespace Descent.Fitting;

/// <summary>An average of the iterates as it was asked for; which steps it covers is known once the length of the run is.</summary>
public sealed record AverageSpec
{
    const string Known = "uniform, weighted, own, random, suffix, ema:β, polynomial:γ, swa:from=75%,every=STEPS";

    AverageSpec(string text, AverageKind kind, double number, double from) => (Text, Kind, Number, From) = (text, kind, number, from);

    /// <summary>Its text form.</summary>
    public string Text { get; }

    /// <summary>Which average.</summary>
    public AverageKind Kind { get; }

    /// <summary>β, γ, or the steps between the iterates that are averaged; NaN for the kind's own.</summary>
    public double Number { get; }

    /// <summary>Part of the run after which averaging begins, for the kind that has one.</summary>
    public double From { get; }

    /// <summary>An average by its text form: <c>ema:0.99</c>, <c>swa:from=75%,every=100</c>.</summary>
    /// <exception cref="FitException">The text is no average; what is known is said.</exception>
    public static AverageSpec Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
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
        if (kind == AverageKind.Cyclic) return Cyclic(text, rest);
        if (rest.Length == 0) return new AverageSpec(text, kind, double.NaN, 0);
        double number = NumberOf(text, rest);
        bool fits = kind switch
        {
            AverageKind.Exponential => number is > 0 and < 1,
            AverageKind.Polynomial => number >= 0,
            _ => false,
        };
        return fits ? new AverageSpec(text, kind, number, 0) : throw Wrong(text);
    }

    /// <summary>An average by its text form.</summary>
    /// <exception cref="FitException">The text is no average; what is known is said.</exception>
    public static implicit operator AverageSpec(string text) => Parse(text);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The average over a run of some steps; long.MaxValue where the number is not known.</summary>
    internal Averaging Over(long steps) => Kind == AverageKind.Cyclic
        ? new Averaging(Kind, Number, steps == long.MaxValue ? 0 : (long)(From * steps))
        : double.IsNaN(Number) ? Kind : new Averaging(Kind, Number);

    static AverageSpec Cyclic(string text, string rest)
    {
        double from = 0.75, every = 1;
        foreach (string part in rest.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.StartsWith("from=", StringComparison.Ordinal) && part.EndsWith('%')) from = NumberOf(text, part[5..^1]) / 100;
            else if (part.StartsWith("every=", StringComparison.Ordinal)) every = Math.Floor(NumberOf(text, part[6..]));
            else throw Wrong(text);
        }
        return from is >= 0 and < 1 && every >= 1 ? new AverageSpec(text, AverageKind.Cyclic, every, from) : throw Wrong(text);
    }

    static double NumberOf(string text, string part) =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && double.IsFinite(x) ? x : throw Wrong(text);

    static FitException Wrong(string text) => new($"`Average` is '{text}'; expected {Known}, with 0 < β < 1, γ ≥ 0 and steps ≥ 1.");
}
