namespace Descent;

/// <summary>
/// The catalogue as data: what <c>descent methods</c> prints, what the method of a fit builds from, and what documentation is
/// checked against. One entry a method; ids M… are those of the notes' catalogue, § 8 marks methods beyond the notes.
/// </summary>
public static partial class Catalogue
{
    /// <summary>Every method that the method of a fit knows.</summary>
    public static IReadOnlyList<CatalogueEntry> All { get; } = [.. Classic, .. Adaptive, .. Sums, .. Layers, .. SecondOrder, .. Beyond,
        .. Concurrent.Select(e => e with { IsParallel = true })];

    /// <summary>The entry with this name or alias; null when there is none.</summary>
    public static CatalogueEntry? Find(string name)
    {
        foreach (CatalogueEntry e in All)
            if (e.Name == name || e.Aliases.Contains(name)) return e;
        return null;
    }

    static MethodParameter Momentum(double by = 0.9) => new("momentum", "β", by, 0, 1, "share of the last step that is kept");

    static MethodParameter Beta1(double by = 0.9) => new("beta1", "β₁", by, 0, 1, "decay of the first moment");

    static MethodParameter Beta2(double by = 0.999) => new("beta2", "β₂", by, 0, 1, "decay of the second moment");

    static MethodParameter Epsilon(double by = 1e-8) => new("eps", "ε", by, 0, double.PositiveInfinity, "keeps the denominator from zero");

    static MethodParameter Decay(double by) =>
        new("weight-decay", "λ", by, 0, double.PositiveInfinity, "decoupled weight decay; not part of the objective");
}
