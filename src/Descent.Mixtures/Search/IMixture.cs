using Descent.Latent;

namespace Descent.Mixtures.Search;

/// <summary>
/// A mixture of k laws as a search over starts sees it: a latent model that can draw a start, put its components in order and name the
/// component of a row. The states of a chain and the factors of a factor model are components too.
/// </summary>
public interface IMixture : ILatentModel
{
    /// <summary>k ≥ 1.</summary>
    int Components { get; }

    /// <summary>Rows of the data: what allocations are of. <see cref="ILatentModel.Count"/> is that of sequences where rows depend on each
    /// other.</summary>
    int RowCount => Count;

    /// <summary>Parameters that can vary freely: what AIC and BIC count.</summary>
    int FreeParameters { get; }

    /// <summary>Sum of the rows' weights: the n of BIC.</summary>
    double TotalWeight { get; }

    /// <summary>What it means that the M-step of a component has no maximiser, in a sentence with a way out.</summary>
    string Collapse { get; }

    /// <summary>Writes a start; the same draws give the same start. False where the draw gave none.</summary>
    bool Start(Draws draws, Span<double> theta);

    /// <summary>Distance between two points of the parameter space in units that do not depend on those of the columns (shares as they are,
    /// means in standard deviations).</summary>
    double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b);

    /// <summary>Puts the components in order, the largest share first.</summary>
    void Order(Span<double> theta);

    /// <summary>Writes p(z = j | row, θ) for each row (n × k, row-major) and returns <c>−Σ w Σ_j r log r</c>,
    /// the entropy of the allocation.</summary>
    double Responsibilities(ReadOnlySpan<double> theta, Span<double> shares);

    /// <summary>The entropy of the allocation alone; mixtures whose rows may lie in a file hold no responsibilities for it.</summary>
    double Entropy(ReadOnlySpan<double> theta) => Responsibilities(theta, new double[RowCount * Components]);

    /// <summary>Gradient and curvature of the log-likelihood at θ: what can be said about a local maximum.</summary>
    LocalCertificate Certify(ReadOnlySpan<double> theta);

    /// <summary>
    /// The same with the observed information by supplemented EM (Meng and Rubin 1991), <c>I_com(I − DM)</c>: from EM's own steps and the
    /// complete data instead of the score's differences. Null where the M-step does not maximise Q over all parameters at once, or
    /// parameters are known up to a rotation alone.
    /// </summary>
    LocalCertificate? Supplement(ReadOnlySpan<double> theta) => null;
}
