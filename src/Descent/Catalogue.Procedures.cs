namespace Descent;

public static partial class Catalogue
{
    /// <summary>Every method of the catalogue that is not driven by gradients:
    /// what <c>descent methods</c> prints after those of <see cref="All"/>.</summary>
    public static IReadOnlyList<Procedure> Procedures { get; } = [.. Approximation, .. Maps, .. Latent, .. Annealing];

    /// <summary>The procedure with this name; null when there is none.</summary>
    public static Procedure? FindProcedure(string name) => Procedures.FirstOrDefault(p => p.Name == name);
}
