using System.Data.Common;

namespace Descent.Cli.Sources;

/// <summary>A database that a query can be asked of.</summary>
interface IDatabase
{
    /// <summary>What it is called in messages and in models, without a password.</summary>
    string Name { get; }

    /// <summary>Its files that no output may replace; none for a server.</summary>
    IReadOnlyList<string> Paths { get; }

    /// <summary>Opens a connection through which nothing can be changed.</summary>
    DbConnection Connect();

    /// <summary>What the engine itself says of an error.</summary>
    string Words(DbException error);
}
