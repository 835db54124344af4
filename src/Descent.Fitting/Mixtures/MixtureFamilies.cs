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

    /// <summary>Linear regressions of a target, each with a line and a variance of its own.</summary>
    public static MixtureFamily Regression { get; } = new MixtureRegressionFamily();

    /// <summary>Logistic regressions of a target of 0 and 1, or of successes in trials.</summary>
    public static MixtureFamily LogisticRegression { get; } = new LogisticRegressionFamily();

    /// <summary>Factor analysis: k factors behind the columns, and a variance of its own for each column.</summary>
    public static MixtureFamily Factor { get; } = new FactorFamily(false, "factor", "factor-analysis");

    /// <summary>Probabilistic PCA: k factors behind the columns, and one variance for all.</summary>
    public static MixtureFamily Ppca { get; } = new FactorFamily(true, "ppca", "probabilistic-pca");

    /// <summary>One normal law of rows in which numbers are missing.</summary>
    public static MixtureFamily MissingNormal { get; } = new MissingNormalFamily();

    /// <summary>Hidden Markov chains of k states with normal outputs.</summary>
    public static MixtureFamily HiddenMarkov { get; } = new HiddenMarkovFamily();

    /// <summary>Hidden Markov chains of k states whose outputs are symbols 0, 1, ….</summary>
    public static MixtureFamily DiscreteMarkov { get; } = new DiscreteMarkovFamily();

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<MixtureFamily> All { get; } =
        [Gaussian, StudentT, Poisson, Bernoulli, Regression, LogisticRegression, Factor, Ppca, MissingNormal, HiddenMarkov,
            DiscreteMarkov];

    /// <summary>The names, comma after comma.</summary>
    public static string Names => string.Join(", ", All.Select(f => f.Name));

    /// <summary>A family by its name or another name; null when there is none.</summary>
    public static MixtureFamily? Find(string name) => All.FirstOrDefault(f => f.Name == name || f.Aliases.Contains(name));
}
