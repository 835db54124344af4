namespace Descent.Fitting.Mixtures;

/// <summary>The families of mixtures, each an entry: everything else asks the entry.</summary>
public static class MixtureFamilies
{
    /// <summary>Normal laws with covariances that are full, tied, diagonal or spherical.</summary>
    public static MixtureFamily Gaussian { get; } = new GaussianFamily();

    /// <summary>Student-t laws with full scatters and degrees of freedom of their own: rows far out pull less.</summary>
    public static MixtureFamily StudentT { get; } = new StudentTFamily();

    /// <summary>Counts, independent within a component.</summary>
    public static MixtureFamily Poisson { get; } = new PoissonFamily();

    /// <summary>Columns of 0 and 1, independent within a component: latent classes.</summary>
    public static MixtureFamily Bernoulli { get; } = new BernoulliFamily();

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<MixtureFamily> All { get; } = [Gaussian, StudentT, Poisson, Bernoulli];

    /// <summary>The names, comma after comma.</summary>
    public static string Names => string.Join(", ", All.Select(f => f.Name));

    /// <summary>A family by its name or another name; null when there is none.</summary>
    public static MixtureFamily? Find(string name) => All.FirstOrDefault(f => f.Name == name || f.Aliases.Contains(name));
}
