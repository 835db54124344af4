using Descent.Data.Hashing;

namespace Descent.Data;

/// <summary>
/// Reads the text of Vowpal Wabbit: <c>[label [importance]] [tag]|namespace[:weight] name[:value] … |namespace …</c>. Features are hashed
/// as there (MurmurHash3 of the name with that of its namespace for a seed, names of digits as numbers), so that a column is the one of
/// <c>vw -b BITS</c>; its constant feature is left to the intercept.
/// </summary>
/// <remarks>One pass. Names that meet in one column add up. A tag, the word that touches the first bar or begins with ', is passed
/// over.</remarks>
public static class VwReader
{
    /// <summary>Reads and closes opened inputs one after another.</summary>
    /// <exception cref="DataException">A row cannot be read; file, line and character are named.</exception>
    public static SparseData<double> Read(IReadOnlyList<DataSource> sources, VwOptions options)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(options);
        if (options.HashBits is < 1 or > 30) throw new DataException($"`HashBits` is {options.HashBits}; expected 1 to 30.");
        VwRows rows = new(options);
        try
        {
            foreach (DataSource source in sources) rows.Read(source);
        }
        finally
        {
            foreach (DataSource source in sources) source.Dispose();
        }
        return rows.Finish(string.Join(" + ", sources.Select(s => s.Name)));
    }
}
