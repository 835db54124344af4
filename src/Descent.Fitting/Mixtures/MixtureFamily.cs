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

    /// <summary>Its name at the head of a page.</summary>
    internal virtual string Title => Text.Capital(Name);

    /// <summary>The density in a formula.</summary>
    internal abstract string Density { get; }

    /// <summary>One step of EM in a formula.</summary>
    internal virtual string Map => "argmax Q(· | θ)";

    /// <summary>
    /// Whether the first two blocks are means and scatter matrices (d × d, row-major) whose level sets are ellipses: what pictures need.
    /// </summary>
    internal virtual bool HasScatter => false;

    /// <summary>Refuses columns that the family has no likelihood for.</summary>
    /// <exception cref="Data.DataException">A column or a row is none; its place is said.</exception>
    internal abstract void Require(MixtureData data);

    /// <summary>What a value has to be where this one has no probability; null for a value that has one.</summary>
    internal virtual string? Wrong(double value) => null;

    /// <summary>Rows and k as a model that a search can work on.</summary>
    internal abstract IMixture Model(MixtureData data, int components, CovarianceShape shape);

    /// <summary>
    /// Whether θ holds all numbers of a component together, component after component; otherwise block after block.
    /// </summary>
    internal virtual bool ByComponent => false;

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

    /// <summary>The numbers of θ by the names of their blocks, a list for each component.</summary>
    internal Dictionary<string, double[][]> Split(double[] theta, int components, int columns)
    {
        Dictionary<string, double[][]> all = new(StringComparer.Ordinal);
        foreach ((MixtureBlock block, int[] at) in Places(components, columns))
            all[block.Name] = [.. at.Select(first => theta.AsSpan(first, block.Length).ToArray())];
        return all;
    }

    /// <summary>The reverse of <see cref="Split"/>.</summary>
    internal double[] Join(double[] shares, IReadOnlyDictionary<string, double[][]> parameters, int columns)
    {
        double[] theta = new double[shares.Length * (1 + Blocks(columns).Sum(b => b.Length))];
        shares.CopyTo(theta, 0);
        foreach ((MixtureBlock block, int[] at) in Places(shares.Length, columns))
            for (int j = 0; j < at.Length; j++) parameters[block.Name][j].CopyTo(theta, at[j]);
        return theta;
    }

    // Where each component's numbers of a block begin.
    IEnumerable<(MixtureBlock Block, int[] At)> Places(int components, int columns)
    {
        IReadOnlyList<MixtureBlock> blocks = Blocks(columns);
        int before = 0, all = blocks.Sum(b => b.Length);
        foreach (MixtureBlock b in blocks)
        {
            int skipped = before, length = b.Length;
            yield return (b, [.. Enumerable.Range(0, components).Select(j =>
                components + (ByComponent ? (j * all) + skipped : (components * skipped) + (j * length)))]);
            before += length;
        }
    }
}
