using System.Globalization;
using Descent.Fitting.Expressions;
using Descent.Testing;

namespace Descent.Cli.Commands;

/// <summary>What <c>descent anneal</c> is to minimise, read from its words.</summary>
sealed record AnnealRequest(string Name, Landscape Function, IReadOnlyList<(double Low, double High)> Box, int[] Integers)
{
    const int LargestDimension = 1_000;

    /// <exception cref="UsageException">A word that is wrong.</exception>
    public static AnnealRequest Read(string function, int? dimension, string? box, string[] integers)
    {
        if (dimension is < 1 or > LargestDimension)
            throw new UsageException($"--dimension is {dimension}; expected 1 to {LargestDimension}.");
        TestLandscape? known = Landscapes.All.FirstOrDefault(l => l.Name == function);
        Expression? own = known is null ? Parsed(function) : null;
        int d = dimension ?? (own is null ? 2 : own.Variables);
        if (own is not null && d == 0)
            throw new UsageException($"FUNCTION '{function}' names no coordinate x1, x2, …, so there is nothing to minimise over.");
        if (own is not null && own.Variables > d)
            throw new UsageException($"--dimension is {d}, and FUNCTION names x{own.Variables}; expected at least {own.Variables}.");
        if (own is not null && box is null)
            throw new UsageException("an expression needs its bounds; give --box -5:5 for all coordinates, or --box x1=-5:5,x2=0:1.");
        IReadOnlyList<(double, double)> bounds = box is null
            ? [.. Enumerable.Repeat((-known!.HalfWidth, known.HalfWidth), d)] : Bounds(box, d);
        int[] whole = [.. integers.Select(i => Coordinate(i, d, "--integer"))];
        return new(function, known?.Function ?? own!.Of, bounds, whole);
    }

    static Expression Parsed(string function)
    {
        try
        {
            return Expression.Parse(function);
        }
        catch (UsageException e)
        {
            string names = string.Join(", ", Landscapes.All.Select(l => l.Name));
            throw new UsageException($"FUNCTION '{function}': {e.Message} Or name {names}.");
        }
    }

    static (double, double)[] Bounds(string text, int d)
    {
        if (!text.Contains('=', StringComparison.Ordinal)) return [.. Enumerable.Repeat(Range(text, text), d)];
        (double, double)?[] found = new (double, double)?[d];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] pair = part.Split('=', 2);
            if (pair.Length != 2) throw new UsageException($"--box is '{text}': '{part}' is not NAME=LOW:HIGH, for example x1=-5:5.");
            int j = Coordinate(pair[0], d, "--box");
            if (found[j] is not null) throw new UsageException($"--box is '{text}': {pair[0]} is given twice.");
            found[j] = Range(pair[1], text);
        }
        int missing = Array.FindIndex(found, f => f is null);
        if (missing >= 0) throw new UsageException($"--box is '{text}': x{missing + 1} has no bounds; give all {d} coordinates theirs.");
        return [.. found.Select(f => f!.Value)];
    }

    static (double, double) Range(string part, string all)
    {
        string[] ends = part.Split(':');
        return ends.Length == 2 && OptionText.IsNumber(ends[0], out double low) && OptionText.IsNumber(ends[1], out double high)
            && low < high && double.IsFinite(high - low) ? (low, high)
            : throw new UsageException($"--box is '{all}': '{part}' is not LOW:HIGH with two finite numbers, the lower one first.");
    }

    static int Coordinate(string name, int d, string option) =>
        name.StartsWith('x') && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int j) && j >= 1 && j <= d
            ? j - 1 : throw new UsageException($"{option} names '{name}'; expected coordinates from x1 to x{d}.");
}
