using Descent.Mixtures;
using Descent.Mixtures.Search;

namespace Descent.Fitting.Mixtures;

/// <summary>
/// A family of mixtures as an entry: what columns it takes, how rows become a model with starts and an EM map, how its parameters are laid
/// out, named and saved, and what predicts with them. θ is the k shares, then for each block its numbers of component 1, of component 2, ….
/// </summary>
public abstract class MixtureFamily
{
    private protected MixtureFamily(string name, params string[] aliases) => (Name, Aliases) = (name, aliases);

    /// <summary>Its name, as in model files.</summary>
    public string Name { get; }

    /// <summary>Other names that people use.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>Whether covariances may be tied, diagonal or spherical.</summary>
    public virtual bool HasShapes => false;

    /// <summary>The density in a formula.</summary>
    internal abstract string Density { get; }

    /// <summary>
    /// Whether the first two blocks are means and scatter matrices (d × d, row-major) whose level sets are ellipses: what pictures need.
    /// </summary>
    internal virtual bool HasScatter => false;

    /// <summary>Refuses columns that the family has no likelihood for.</summary>
    /// <exception cref="Data.DataException">A column or a row is none; its place is said.</exception>
    internal abstract void Require(MixtureData data);

    /// <summary>Rows and k as a model that a search can work on.</summary>
    internal abstract IMixture Model(MixtureData data, int components, CovarianceShape shape);

    /// <summary>What follows the shares in θ.</summary>
    /// <param name="columns">d ≥ 1.</param>
    internal abstract IReadOnlyList<MixtureBlock> Blocks(int columns);

    /// <summary>The mixture at θ for rows to come.</summary>
    /// <exception cref="ArgumentException">θ is outside the parameter space; the message says where.</exception>
    internal abstract IMixtureLaw Law(ReadOnlySpan<double> theta, int components, int columns);

    /// <summary>Names of what the certificate has errors of, in the order of its quantities.</summary>
    internal abstract IReadOnlyList<MixtureQuantity> Quantities(IReadOnlyList<string> columns, int components, CovarianceShape shape);

    /// <summary>What else is to be said of θ.</summary>
    internal virtual IEnumerable<MixtureRemark> Remarks(IMixture model, double[] theta) => [];

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The length of θ.</summary>
    internal int LengthOf(int components, int columns) => components * (1 + Blocks(columns).Sum(b => b.Length));
}
