namespace Descent.Guarantees;

/// <summary>The guarantees G1–G30 of the catalogue, corrected where they had to be, and a few from the literature.</summary>
public static partial class Theory
{
    /// <summary>All guarantees, in the order of their numbers; those from the literature last.</summary>
    public static IReadOnlyList<Guarantee> All { get; } = [.. new[] { Convex, Smooth, Adaptive, Strong, Sums, Curved, Asynchronous,
        Growth }.SelectMany(g => g).OrderBy(g => g.FromNotes ? 0 : 1)
        .ThenBy(g => g.FromNotes ? int.Parse(g.Id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) : 0)];

    /// <summary>The guarantee with an id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Guarantee Find(string id) => All.FirstOrDefault(g => g.Id == id)
        ?? throw new ArgumentException($"There is no guarantee '{id}'; there are {string.Join(", ", All.Select(g => g.Id))}.");

    /// <summary>The guarantees about a method, in the order in which a fit would use them.</summary>
    public static IReadOnlyList<Guarantee> Of(string method) => [.. All.Where(g => g.Method == method)];

    static double Full(Situation s) => Math.Max(1, s.N);
}
