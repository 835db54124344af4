namespace Descent.Data;

/// <summary>Where typed columns come from; nothing is opened before it is asked.</summary>
/// <param name="Name">What it is called in messages and in models; never a password.</param>
/// <param name="Open">Opens it, each time anew.</param>
public sealed record ColumnOrigin(string Name, Func<IColumnSource> Open)
{
    /// <summary>Files that are read for it, which no output may replace.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>The rows of a reader, which can be read once only, by its own name or “query”.</summary>
    /// <param name="reader">An open reader before its first row; it stays open.</param>
    /// <param name="name">What it is called in messages.</param>
    public static ColumnOrigin Of(System.Data.Common.DbDataReader reader, string name = "query")
    {
        ArgumentNullException.ThrowIfNull(reader);
        bool used = false;
        return new(name, () =>
        {
            if (used) throw new DataException($"{name}: its rows were read already, and a reader gives them once. Run the query again.");
            used = true;
            return new DbColumns(reader, name);
        });
    }
}
