namespace Descent.Fitting.Mixtures;

/// <summary>A number of a component that has a standard error.</summary>
/// <param name="Component">Component, from 0.</param>
/// <param name="Name">What it is, with its column.</param>
sealed record MixtureQuantity(int Component, string Name)
{
    /// <summary>The same numbers of every component, component after component.</summary>
    public static IEnumerable<MixtureQuantity> Each(int components, IEnumerable<string> names)
    {
        string[] all = [.. names];
        return Enumerable.Range(0, components).SelectMany(j => all.Select(n => new MixtureQuantity(j, n)));
    }

    /// <summary>Shares, means, scales of the columns, and where matrices are full those of pairs.</summary>
    public static IReadOnlyList<MixtureQuantity> OfScatter(IReadOnlyList<string> columns, int components, string scale, string pair,
        bool full)
    {
        List<MixtureQuantity> all = [.. Each(components, ["weight"]), .. Each(components, columns.Select(c => "mean " + c)),
            .. Each(components, columns.Select(c => $"{scale} {c}"))];
        if (full)
            all.AddRange(Each(components, Enumerable.Range(1, columns.Count - 1)
                .SelectMany(a => Enumerable.Range(0, a).Select(b => $"{pair} {columns[b]}, {columns[a]}"))));
        return all;
    }
}
