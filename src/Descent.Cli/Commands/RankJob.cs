using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Descent.Cli.Output;
using Descent.Data;
using Descent.Mpi;

namespace Descent.Cli.Commands;

/// <summary>
/// The command as one of several ranks: started by mpirun or srun, the same words run in every process, and they share the passes over the
/// data. Rank 0 alone prints and writes. Without a launcher no MPI is loaded.
/// </summary>
static class RankJob
{
    const string Library = "--mpi", Patience = "--watchdog";
    static readonly TimeSpan grace = TimeSpan.FromSeconds(1), defaultPatience = TimeSpan.FromHours(1);

    static bool met, ending;

    /// <summary>The ranks; null when this process is alone.</summary>
    public static IRankGroup? Group { get; private set; }

    /// <summary>Whether this process prints and writes.</summary>
    public static bool Speaks => Group is not { Rank: > 0 };

    /// <summary>"4 ranks, Open MPI 4.1.4".</summary>
    public static string Head => Group is { } g ? $"{Fitting.Words.Text.Plural(g.Size, "rank")}, {g.Engine}\n" : "";

    /// <summary>What was said on the way, for the launcher's terminal: before the first word is written.</summary>
    public static void Settle()
    {
        // Open MPI gives each rank a terminal of its own, which the console would greet with control characters.
        if (Launcher.Find() is not null) Environment.SetEnvironmentVariable("TERM", "dumb");
    }

    /// <summary>Runs the words, in ranks where a launcher says so or a library is named.</summary>
    /// <param name="args">The words of the command line.</param>
    /// <param name="run">Runs them in this process and gives the exit code.</param>
    public static int Run(string[] args, Func<string[], int> run)
    {
        string? library = ValueOf(args, Library);
        if (library is null && Launcher.Find() is not { Size: > 1 }) return run(args);
        try
        {
            TimeSpan most = OptionText.Time(ValueOf(args, Patience)) ?? defaultPatience;
            return MpiWorld.Run(world => Among(world, args, run, most), library);
        }
        catch (Exception e) when (e is MpiException or UsageException)
        {
            Console.Error.WriteLine("descent: " + Shown.Line(e.Message));
            return ExitCode.Usage;
        }
    }

    static int Among(MpiWorld world, string[] args, Func<string[], int> run, TimeSpan most)
    {
        Group = world;
        TextWriter error = Console.Error;
        StringWriter held = new(CultureInfo.InvariantCulture);
        if (!Speaks)
        {
            Console.SetOut(TextWriter.Null);
            Console.SetError(TextWriter.Synchronized(held));
        }
        string place = $"rank {world.Rank} of {world.Size} on {world.Host}";
        using Timer watch = Watch(world, place, most, error);
        int code = world.Size > 1 && args.Length > 0 && args[0] is not ("fit" or "resume" or "plan") && !args[0].StartsWith('-')
            ? Refuse(args[0]) : run(args);
        if (code is not (ExitCode.Usage or ExitCode.BadData or ExitCode.Internal) || world.Size == 1) return code;
        if (!met) Tell(LastLine(held));
        // Who met with the others ends as rank 0 does, whose code is that of the job.
        if (ending) return Speaks ? code : ExitCode.Done;
        // The others are somewhere in the middle of the work, and would wait for this rank.
        if (!Speaks)
        {
            Thread.Sleep(grace);
            error.WriteLine($"descent: {place}: {LastLine(held)}");
        }
        error.Flush();
        Console.Out.Flush();
        world.Abort(code);
        return code;
    }

    // Rank 0 has said its own words already.
    static string LastLine(StringWriter held) => held.ToString().Trim().Split('\n')[^1] is { Length: > 0 } line
        ? line.Replace("descent: ", "", StringComparison.Ordinal) : "ended";

    /// <summary>All ranks have read what they need, or all of them end: with the first fault that one of them met.</summary>
    /// <exception cref="DataException">Another rank could not go on; its words are said.</exception>
    public static void Meet()
    {
        if (Group is { Size: > 1 } && Tell("") is { } fault) throw new DataException(fault);
    }

    // The fault of the first rank that has one; a rank without a fault gives no words.
    static string? Tell(string words)
    {
        met = true;
        IRankGroup group = Group!;
        byte[] mine = Encoding.UTF8.GetBytes(words);
        int[] lengths = new int[group.Size], starts = [.. Enumerable.Range(0, group.Size + 1)];
        lengths[group.Rank] = mine.Length;
        group.AllGather(MemoryMarshal.AsBytes(lengths.AsSpan()), [.. starts.Select(s => s * sizeof(int))]);
        for (int r = 0; r < group.Size; r++) starts[r + 1] = starts[r] + lengths[r];
        byte[] all = new byte[starts[^1]];
        mine.CopyTo(all, starts[group.Rank]);
        group.AllGather(all, starts);
        int first = Array.FindIndex(lengths, n => n > 0);
        ending = first >= 0;
        return ending ? $"rank {first} of {group.Size}: {Encoding.UTF8.GetString(all.AsSpan(starts[first]..starts[first + 1]))}" : null;
    }

    static int Refuse(string command)
    {
        Console.Error.WriteLine($"descent: '{command}' runs in one process; mpirun and srun are for fit, resume and plan --ranks.");
        return ExitCode.Usage;
    }

    // A link that is cut is noticed by nobody: who has waited too long for the others ends, and the launcher ends the rest.
    static Timer Watch(MpiWorld world, string place, TimeSpan most, TextWriter error)
    {
        TimeSpan period = TimeSpan.FromTicks(Math.Clamp(most.Ticks / 4, TimeSpan.TicksPerMillisecond * 50, TimeSpan.TicksPerSecond * 5));
        return new Timer(_ =>
        {
            if (world.Waiting < most) return;
            string waited = Fitting.Words.Text.Number(most.TotalSeconds);
            error.WriteLine($"descent: {place}: the other ranks have not answered for {waited} s ({Patience}): the "
                + "run ends. With --run and --checkpoint it can be gone on with: descent resume RUN, under the same launcher.");
            error.Flush();
            Environment.Exit(ExitCode.Retry);
        }, null, period, period);
    }

    static string? ValueOf(string[] args, string option)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == option && i + 1 < args.Length) return args[i + 1];
            if (args[i].StartsWith(option + "=", StringComparison.Ordinal)) return args[i][(option.Length + 1)..];
        }
        return null;
    }
}
