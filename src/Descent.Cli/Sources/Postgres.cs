using System.Data.Common;
using Npgsql;

namespace Descent.Cli.Sources;

/// <summary>
/// A server of PostgreSQL. Its connection is written as Npgsql has it, <c>Host=…;Database=…;Username=…</c>, or as an address,
/// <c>//user@host:port/database</c>; a password comes from PGPASSWORD or the file of passwords where it is not written there.
/// </summary>
sealed class Postgres : IDatabase
{
    readonly NpgsqlConnectionStringBuilder connection;

    Postgres(NpgsqlConnectionStringBuilder connection) => this.connection = connection;

    public string Name => $"postgres:{connection.Host}/{connection.Database ?? connection.Username}";

    public IReadOnlyList<string> Paths => [];

    /// <summary>The connection without its passwords, to be shown and kept.</summary>
    public string Shown
    {
        get
        {
            NpgsqlConnectionStringBuilder open = new(connection.ConnectionString) { Password = null, SslPassword = null };
            return "postgres:" + open.ConnectionString;
        }
    }

    /// <summary>Whether a word means one.</summary>
    public static bool Is(string word) => word.StartsWith("postgres:", StringComparison.Ordinal)
        || word.StartsWith("postgresql:", StringComparison.Ordinal);

    /// <exception cref="UsageException">The connection cannot be understood; nothing of it is repeated.</exception>
    public static Postgres Parse(string word)
    {
        string text = word[(word.IndexOf(':', StringComparison.Ordinal) + 1)..];
        try
        {
            NpgsqlConnectionStringBuilder built = text.StartsWith("//", StringComparison.Ordinal) ? OfAddress("postgres:" + text)
                : new(text);
            if (string.IsNullOrEmpty(built.Host)) throw new ArgumentException("no host is named");
            // A long query is no fault, and it is the only one.
            built.CommandTimeout = 0;
            built.Pooling = false;
            built.ApplicationName ??= "descent";
            return new Postgres(built);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new UsageException($"--source postgres:…: the connection is not understood ({e.Message.Split('\n')[0].TrimEnd('.')}). "
                + "Expected Host=…;Database=…;Username=… or //user@host:port/database.");
        }
    }

    public DbConnection Connect()
    {
        NpgsqlConnection open = new(connection.ConnectionString);
        try
        {
            open.Open();
            using NpgsqlCommand command = new("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", open);
            command.ExecuteNonQuery();
            return open;
        }
        catch
        {
            open.Dispose();
            throw;
        }
    }

    public string Words(DbException error) => error is PostgresException e
        ? $"{e.MessageText}{(e.Hint is { } hint ? $" ({hint.TrimEnd('.')})" : "")}, SQLSTATE {e.SqlState}"
        : error.Message.TrimEnd('.') + (error.InnerException is { } inner ? $": {inner.Message.TrimEnd('.')}" : "");

    static NpgsqlConnectionStringBuilder OfAddress(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)) throw new ArgumentException("the address is none");
        string[] user = uri.UserInfo.Split(':', 2);
        NpgsqlConnectionStringBuilder built = new() { Host = Uri.UnescapeDataString(uri.Host) };
        if (uri.Port > 0) built.Port = uri.Port;
        if (user[0].Length > 0) built.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) built.Password = Uri.UnescapeDataString(user[1]);
        if (uri.AbsolutePath.Trim('/') is { Length: > 0 } database) built.Database = Uri.UnescapeDataString(database);
        foreach (string part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2);
            built[Uri.UnescapeDataString(pair[0])] = pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "";
        }
        return built;
    }
}
