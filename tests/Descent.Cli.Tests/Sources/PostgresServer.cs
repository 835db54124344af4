using System.Diagnostics;

namespace Descent.Cli.Tests.Sources;

/// <summary>A fact about PostgreSQL; shown as skipped where its programs are not here.</summary>
sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (PostgresServer.Refusal is { } why) Skip = why;
    }
}

/// <summary>
/// A server of PostgreSQL of its own, in a temporary folder and on a socket there, with a password; it does not run as root.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    const string User = "postgres";
    static readonly string? programs = Programs();
    readonly string folder = Path.Combine(Path.GetTempPath(), $"descent-pg-{Environment.ProcessId}");

    public PostgresServer()
    {
        if (Refusal is not null) return;
        Run("mkdir", "-m", "700", folder);
        Run("sh", "-c", $"printf %s '{Password}' > {folder}/word");
        Run(Path.Combine(programs!, "initdb"), "-D", folder + "/data", "-U", "descent", "-A", "scram-sha-256", "--pwfile", folder + "/word",
            "--no-sync", "-E", "UTF8", "--locale", "C");
        Run(Path.Combine(programs!, "pg_ctl"), "-D", folder + "/data", "-w", "-l", folder + "/log", "-o",
            $"-k {folder} -c listen_addresses= -c fsync=off -c shared_buffers=8MB -c TimeZone=UTC", "start");
    }

    public static string Password => "Gehe1m-0815";

    /// <summary>Why there can be no server here; null where there can.</summary>
    public static string? Refusal { get; } = programs is null ? "needs initdb and pg_ctl of PostgreSQL, which are not here"
        : Environment.UserName == "root" && !HasUser() ? $"PostgreSQL does not run as root, and there is no user {User} here" : null;

    /// <summary>The connection, without its password.</summary>
    public string Open => $"Host={folder};Database=postgres;Username=descent";

    public void Dispose()
    {
        if (Refusal is not null) return;
        Run(Path.Combine(programs!, "pg_ctl"), "-D", folder + "/data", "-m", "immediate", "-w", "stop");
        Run("rm", "-r", folder);
    }

    static void Run(string program, params string[] words)
    {
        bool root = Environment.UserName == "root";
        ProcessStartInfo start = root ? new("runuser", ["-u", User, "--", program, .. words]) : new(program, words);
        start.RedirectStandardOutput = start.RedirectStandardError = false;
        start.WorkingDirectory = "/";
        using Process p = Process.Start(start)!;
        p.WaitForExit();
        Assert.True(p.ExitCode == 0, $"{program} ended with {p.ExitCode}");
    }

    static bool HasUser() => File.Exists("/etc/passwd") && File.ReadLines("/etc/passwd").Any(l => l.StartsWith(User + ":",
        StringComparison.Ordinal));

    static string? Programs() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => d + "/bin") : [])
        .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
}
