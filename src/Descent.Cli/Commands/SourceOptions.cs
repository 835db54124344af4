using System.CommandLine;
using Descent.Cli.Sources;
using Descent.Data.Files;

namespace Descent.Cli.Commands;

/// <summary>Where rows come from: files, or a query of a database instead of them.</summary>
sealed class SourceOptions
{
    readonly Option<string?> source = new("--source")
    {
        Description = "Database to read from instead of files: sqlite:FILE, postgres:Host=…;Database=…;Username=… or "
            + "postgres://user@host:port/database. Passwords come from PGPASSWORD, and are never shown or kept.",
    };

    readonly Option<string?> query = new("--query") { Description = "SELECT whose rows are the data, asked of --source." };

    /// <summary>The two options.</summary>
    public IReadOnlyList<Option> All => [source, query];

    /// <summary>Gives a command the options, and makes its files one of two ways to say where the rows are.</summary>
    public void AddTo(Command command, Argument files)
    {
        command.Add(source);
        command.Add(query);
        Require(command, files);
    }

    /// <summary>Lets a command be without files where there is a source.</summary>
    public void Require(Command command, Argument files) => command.Validators.Add(result =>
    {
        // What stands before the files is asked for first.
        if (command.Arguments.Any(a => a.Arity.MinimumNumberOfValues > 0 && result.GetResult(a) is not { Tokens.Count: > 0 })) return;
        bool given = result.GetResult(files) is { Tokens.Count: > 0 };
        bool asked = result.GetResult(source) is not null || result.GetResult(query) is not null;
        if (!given && !asked) result.AddError($"{files.Name} is missing: {files.Description}");
    });

    /// <summary>What is to be read.</summary>
    /// <exception cref="UsageException">Both are given, or half of the one.</exception>
    public DataSpec Read(ParseResult p, IReadOnlyList<string> files)
    {
        string? place = p.GetValue(source), sql = p.GetValue(query);
        foreach (string f in files)
            if (Database(f) is not null) throw new UsageException("a database is named with --source, and asked with --query SQL.");
        if (place is null && sql is null) return new DataSpec(InputPaths.Expand(files, KnownForms.Endings)) { Forms = KnownForms.All };
        if (place is null) throw new UsageException("--query is asked of a database; name it with --source sqlite:FILE or postgres:….");
        if (sql is null) throw new UsageException("--source names a database; say with --query SQL which rows of it are the data.");
        if (files.Count > 0) throw new UsageException($"--source is read instead of files; leave {files[0]} out, or --source.");
        return DataSpec.Of(Query.Of(Database(place) ?? throw new UsageException($"--source is '{place.Split(':')[0]}…'; expected "
            + "sqlite:FILE or postgres:CONNECTION."), sql));
    }

    static IDatabase? Database(string word) => Postgres.Is(word) ? Postgres.Parse(word)
        : word.StartsWith(Sqlite.Prefix, StringComparison.Ordinal) ? new Sqlite(word[Sqlite.Prefix.Length..]) : null;

    /// <summary>The words of a command line without the passwords among them, to be shown and kept.</summary>
    public static IReadOnlyList<string> Shown(ParseResult p) => [.. p.Tokens.Select(t => Postgres.Is(t.Value) ? Open(t.Value) : t.Value)];

    // What cannot be understood may hold a password anywhere.
    static string Open(string word)
    {
        try
        {
            return Postgres.Parse(word).Shown;
        }
        catch (UsageException)
        {
            return "postgres:…";
        }
    }
}
