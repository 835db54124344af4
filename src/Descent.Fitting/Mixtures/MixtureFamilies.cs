namespace Descent.Fitting.Mixtures;

/// <summary>The families of mixtures, each an entry: everything else asks the entry.</summary>
public static class MixtureFamilies
{
    /// <summary>Normal laws with covariances that are full, tied, diagonal or spherical.</summary>
    public static MixtureFamily Gaussian { get; } = new GaussianFamily();

    /// <summary>Student-t laws with full scatters and degrees of freedom of their own: rows far out pull less.</summary>
    public static MixtureFamily StudentT { get; } = new StudentTFamily();

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<MixtureFamily> All { get; } = [Gaussian, StudentT];

    /// <summary>The names, comma after comma.</summary>
    public static string Names => string.Join(", ", All.Select(f => f.Name));

    /// <summary>A family by its name or another name; null when there is none.</summary>
    public static MixtureFamily? Find(string name) => All.FirstOrDefault(f => f.Name == name || f.Aliases.Contains(name));
}
