using System.Diagnostics;

namespace Descent.Mpi.Tests;

/// <summary>Real jobs of mpirun: the command, or the checks of the binding, as ranks.</summary>
sealed class MpiJob : IDisposable
{
    static readonly TimeSpan most = TimeSpan.FromMinutes(4);
    readonly Process process;
    readonly Task<string> output, error;

    MpiJob(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?>? variables)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Open MPI asks those who test as root to say that they mean it.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        // No second compilation by profile: these programs live for a second.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        process = Process.Start(start)!;
        (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>Path of the launcher of one kind; null where it is not installed.</summary>
    public static string? Launcher(MpiKind kind)
    {
        string own = kind == MpiKind.OpenMpi ? "mpirun.openmpi" : "mpirun.mpich";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, own))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>The command by itself.</summary>
    public static MpiJob Alone(string folder, string[] arguments, IReadOnlyDictionary<string, string?>? variables = null) =>
        new("dotnet", [Dll("descent.dll"), .. arguments], folder, variables);

    /// <summary>The command as ranks.</summary>
    public static MpiJob Ranks(MpiKind kind, int ranks, string folder, params string[] arguments) =>
        Of(kind, ranks, folder, "descent.dll", arguments);

    /// <summary>A program of the test's folder as ranks.</summary>
    public static MpiJob Of(MpiKind kind, int ranks, string folder, string dll, params string[] arguments) =>
        new(Launcher(kind)!, [.. Yielding(kind), "-n", $"{ranks}", "dotnet", Dll(dll), .. arguments], folder, null);

    // There are more ranks than cores: who waits gives its core away.
    static string[] Yielding(MpiKind kind) => kind == MpiKind.OpenMpi ? ["--oversubscribe", "--mca", "mpi_yield_when_idle", "1"]
        : ["-genv", "MPIR_CVAR_POLLS_BEFORE_YIELD", "1"];

    /// <summary>Processes that it started itself: the ranks, of a job on one machine.</summary>
    public int[] Children() => [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => int.TryParse(n, out _))
        .Select(int.Parse!).Where(p => ParentOf(p) is var parent && (parent == process.Id || ParentOf(parent) == process.Id))
        .Where(p => IsRank(p)).Order()];

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Sends a signal to one process.</summary>
    public static void Signal(string name, int process) => Process.Start("kill", ["-" + name, $"{process}"]).WaitForExit();

    /// <summary>Waits for the end.</summary>
    public (int Code, string Out, string Error) End()
    {
        if (!process.WaitForExit(most))
        {
            process.Kill(true);
            Assert.Fail($"The job did not end: {output.Result} {error.Result}");
        }
        return (process.ExitCode, output.Result, error.Result);
    }

    public void Dispose() => process.Dispose();

    static string Dll(string name) => Path.Combine(AppContext.BaseDirectory, name);

    static bool IsRank(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0') is ["dotnet", ..];
        }
        catch (IOException)
        {
            return false;
        }
    }

    static int ParentOf(int process)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return -1;
        }
    }
}
