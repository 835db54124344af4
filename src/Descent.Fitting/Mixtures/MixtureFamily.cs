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

    /// <summary>Whether a target is explained by the other columns.</summary>
    public virtual bool HasTarget => false;

    /// <summary>Whether the target counts successes in a number of trials.</summary>
    public virtual bool HasTrials => false;

    /// <summary>Whether rows are a sequence, or several, and depend on each other.</summary>
    public virtual bool HasSequences => false;

    /// <summary>Whether each row may have a weight.</summary>
    public virtual bool HasWeights => true;

    /// <summary>Whether a row belongs to one of the components, so that it has responsibilities.</summary>
    public virtual bool Allocates => true;

    /// <summary>How starts are drawn.</summary>
    internal virtual string Starts => "by k-means++";

    /// <summary>What a component is called.</summary>
    internal virtual string Part => "component";

    /// <summary>Whether θ begins with a share for each component, and whether one may be 0.</summary>
    internal virtual bool HasShares => true;

    /// <inheritdoc cref="HasShares"/>
    internal virtual bool MayHaveEmptyShares => false;

    /// <summary>Its name at the head of a page.</summary>
    internal virtual string Title => Text.Capital(Name);

    /// <summary>The density in a formula.</summary>
    internal abstract string Density { get; }

    /// <summary>One step of EM in a formula.</summary>
    internal virtual string Map(MixtureMethod method) => "argmax Q(· | θ)";

    /// <summary>Why a method means nothing to the family, with a way out; null where it means something.</summary>
    internal virtual string? Refusal(MixtureMethod method) => method is MixtureMethod.Ecm or MixtureMethod.Ecme
        ? "its M-step maximises all parameters at once, so that ECM is EM. Take `Method = em`." : null;

    /// <summary>Why there are no standard errors by supplemented EM; null where there are.</summary>
    internal virtual string? NoSupplement => null;

    /// <summary>Whether numbers of a row may be missing, as NaN.</summary>
    internal virtual bool HasHoles => false;

    /// <summary>Components where nothing is said.</summary>
    internal virtual int Usual => 2;

    /// <summary>Most components that the family can tell of so many columns.</summary>
    internal virtual int Most(int columns) => int.MaxValue;

    /// <summary>
    /// Whether the first two blocks are means and scatter matrices (d × d, row-major) whose level sets are ellipses: what pictures need.
    /// </summary>
    internal virtual bool HasScatter => false;

    /// <summary>Whether its model holds all rows in memory; otherwise it reads them where they lie, which may be a file.</summary>
    internal virtual bool HoldsRows => true;

    /// <summary>Refuses columns that the family has no likelihood for.</summary>
    /// <exception cref="Data.DataException">A column or a row is none; its place is said.</exception>
    internal abstract void Require(MixtureData data);

    /// <summary>What a value has to be where this one has no probability; null for a value that has one.</summary>
    /// <param name="row">A row to come.</param>
    /// <param name="at">Place of the value.</param>
    /// <param name="columns">d.</param>
    internal virtual string? Wrong(ReadOnlySpan<double> row, int at, int columns) => null;

    /// <summary>Rows and k as a model that a search can work on.</summary>
    internal abstract IMixture Model(MixtureData data, int components, MixtureSpec spec);

    /// <summary>
    /// Whether θ holds all numbers of a component together, component after component; otherwise block after block.
    /// </summary>
    internal virtual bool ByComponent => false;

    /// <summary>What follows the shares in θ.</summary>
    /// <param name="columns">d ≥ 1.</param>
    /// <param name="components">k ≥ 1.</param>
    internal abstract IReadOnlyList<MixtureBlock> Blocks(int columns, int components);

    /// <summary>The mixture at θ for rows to come.</summary>
    /// <exception cref="ArgumentException">θ is outside the parameter space; the message says where.</exception>
    internal abstract IMixtureLaw Law(ReadOnlySpan<double> theta, int components, int columns);

    /// <summary>Names of what the certificate has errors of, in the order of its quantities.</summary>
    /// <param name="columns">Names of the d columns.</param>
    /// <param name="components">k.</param>
    /// <param name="shape">Of the covariances, where there are any.</param>
    /// <param name="count">How many quantities there are.</param>
    internal abstract IReadOnlyList<MixtureQuantity> Quantities(
        IReadOnlyList<string> columns, int components, CovarianceShape shape, int count);

    /// <summary>What the law says of new rows: by default row by row, by Bayes' rule.</summary>
    /// <param name="model">The saved model.</param>
    /// <param name="rows">n rows, row-major.</param>
    /// <param name="lengths">Lengths of sequences; empty for one of all rows.</param>
    internal virtual MixtureReading Read(SavedMixture model, double[] rows, int[] lengths) => MixtureReading.ByRow(model, rows);

    /// <summary>What else is to be said of θ.</summary>
    internal virtual IEnumerable<MixtureRemark> Remarks(IMixture model, double[] theta) => [];

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The numbers of θ by the names of their blocks, a list for each component.</summary>
    internal virtual Dictionary<string, double[][]> Split(double[] theta, int components, int columns)
    {
        Dictionary<string, double[][]> all = new(StringComparer.Ordinal);
        int[] lengths = Lengths(components, columns, theta.Length);
        foreach ((MixtureBlock block, int length, int[] at) in Places(components, columns, lengths))
            all[block.Name] = [.. at.Select(first => theta.AsSpan(first, length).ToArray())];
        return all;
    }

    /// <summary>The reverse of <see cref="Split"/>.</summary>
    internal virtual double[] Join(double[] shares, IReadOnlyDictionary<string, double[][]> parameters, int columns)
    {
        int k = shares.Length;
        int[] lengths = [.. Blocks(columns, k).Select(b => parameters[b.Name][0].Length)];
        double[] theta = new double[k * (1 + lengths.Sum())];
        shares.CopyTo(theta, 0);
        foreach ((MixtureBlock block, _, int[] at) in Places(k, columns, lengths))
            for (int j = 0; j < at.Length; j++) parameters[block.Name][j].CopyTo(theta, at[j]);
        return theta;
    }

    // A block whose length is left open takes what the others leave.
    int[] Lengths(int components, int columns, int all)
    {
        IReadOnlyList<MixtureBlock> blocks = Blocks(columns, components);
        int open = (all / components) - 1 - blocks.Sum(b => b.Length);
        return [.. blocks.Select(b => b.Length > 0 ? b.Length : open)];
    }

    // Where each component's numbers of a block begin.
    IEnumerable<(MixtureBlock Block, int Length, int[] At)> Places(int components, int columns, int[] lengths)
    {
        IReadOnlyList<MixtureBlock> blocks = Blocks(columns, components);
        int before = 0, all = lengths.Sum();
        for (int b = 0; b < blocks.Count; b++)
        {
            int skipped = before, length = lengths[b];
            yield return (blocks[b], length, [.. Enumerable.Range(0, components).Select(j =>
                components + (ByComponent ? (j * all) + skipped : (components * skipped) + (j * length)))]);
            before += length;
        }
    }
}
