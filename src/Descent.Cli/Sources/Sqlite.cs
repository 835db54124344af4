using System.Data.Common;
using Descent.Data;
using Microsoft.Data.Sqlite;

namespace Descent.Cli.Sources;

/// <summary>A file of SQLite, opened to be read alone.</summary>
sealed class Sqlite(string path) : IDatabase
{
    public const string Prefix = "sqlite:";

    public string Name => Prefix + path;

    public IReadOnlyList<string> Paths => [path];

    public DbConnection Connect()
    {
        if (!File.Exists(path))
            throw new DataException($"{Name}: no such file. Check the path; relative paths start at {Directory.GetCurrentDirectory()}.");
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ConnectionString);
        connection.Open();
        return connection;
    }

    public string Words(DbException error) => error.Message.TrimEnd('.');
}
