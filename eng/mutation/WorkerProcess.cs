using System.Diagnostics;
using System.Globalization;

namespace Descent.Mutation;

/// <summary>The near end of a worker: a process that is killed and begun anew when a mutant loops or crashes in it.</summary>
sealed class WorkerProcess(string bin, IReadOnlyList<string> testAssemblies) : IDisposable
{
    Process? process;

    /// <summary>Begins a process, with a mutant at work from its first instruction if one is named: static state is then built by the mutant, too.</summary>
    public void Begin(int active = -1)
    {
        Dispose();
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(WorkerProcess).Assembly.Location);
        foreach (string argument in (string[])["worker", bin, active.ToString(CultureInfo.InvariantCulture), .. testAssemblies]) start.ArgumentList.Add(argument);
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x60000000";
        start.Environment["DOTNET_TieredPGO"] = "0";
        // A part of the campaign of certificates that takes a second or two.
        start.Environment["DESCENT_CERTIFICATES"] = "1200";
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        if (Read(600) is not { } ready || !ready.StartsWith("ready", StringComparison.Ordinal)) throw new InvalidOperationException($"The worker did not begin: {process.HasExited}.");
    }

    public IEnumerable<string> Record()
    {
        process!.StandardInput.WriteLine("record");
        while (Read(1200) is { } line && line != "end") yield return line;
    }

    /// <summary>The name of the test that failed, "crash" or "time-out"; null when all passed. Each test has a limit of its own, ten times what it took unchanged.</summary>
    public string? Run(int mutant, IReadOnlyList<(int Test, double Seconds)> tests, bool fresh)
    {
        if (fresh || process is null)
        {
            try
            {
                Begin(fresh ? mutant : -1);
            }
            catch (Exception e) when (e is InvalidOperationException or IOException)
            {
                return "crash";
            }
        }
        process!.StandardInput.WriteLine($"run {mutant} {string.Join(',', tests.Select(t => t.Test))}");
        for (int next = 0; ; next++)
        {
            string? line = Read(5 + (10 * (next == 0 ? 0 : tests[next - 1].Seconds)));
            if (line is null)
            {
                bool died = process.HasExited;
                Dispose();
                return died ? "crash" : "time-out";
            }
            if (line == "survived") return null;
            if (line.StartsWith("killed ", StringComparison.Ordinal)) return line["killed ".Length..];
        }
    }

    public void Dispose()
    {
        if (process is { HasExited: false }) process.Kill(true);
        process?.Dispose();
        process = null;
    }

    // Processor time counts, not the clock: the machine may be busy with other things.
    string? Read(double seconds)
    {
        Task<string?> line = process!.StandardOutput.ReadLineAsync();
        double from = Spent(), begun = Environment.TickCount64;
        while (!line.Wait(200))
        {
            if (process.HasExited && !line.Wait(1000)) return null;
            if (Spent() - from > seconds || Environment.TickCount64 - begun > 30_000 * Math.Max(1, seconds)) return null;
        }
        return line.Result;
    }

    double Spent() => process!.HasExited ? 0 : process.TotalProcessorTime.TotalSeconds;
}
