using System.CommandLine;
using System.CommandLine.Help;
using System.Diagnostics;
using System.Text;
using Descent.Cli.Commands;
using Descent.Cli.Output;
using Descent.Data;
using Descent.Data.Files;

namespace Descent.Cli;

/// <summary>The command line: parse, call, turn endings into exit codes.</summary>
static class Program
{
    static int Main(string[] args)
    {
        RankJob.Settle();
        StandardStreams.Settle();
        if (StandardStreams.IsUsable(1)) Console.OutputEncoding = new UTF8Encoding(false);
        else Console.SetOut(TextWriter.Null);
        if (!StandardStreams.IsUsable(2)) Console.SetError(TextWriter.Null);
        using IDisposable signals = Interruption.AtOnce();
        int code = RankJob.Run(args, Run);
        return !StandardStreams.IsUsable(1) && code == ExitCode.Done
            ? Fail("standard output is closed, so the result went nowhere; redirect it to a file or to /dev/null.", ExitCode.Usage) : code;
    }

    /// <summary>Everything but the encoding of the console.</summary>
    public static int Run(string[] args)
    {
        TextWriter output = Console.Out, error = Console.Error;
        Console.SetOut(Terminal.Plain(output));
        Console.SetError(Terminal.Forgiving(error));
        try
        {
            return Guarded(() => Dispatch(args));
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    static int Dispatch(string[] args)
    {
        (RootCommand root, Option<string?> memory) = Root();
        foreach (VersionOption version in root.Options.OfType<VersionOption>()) version.Action = new VersionAction();
        foreach (HelpOption help in root.Options.OfType<HelpOption>()) help.Action = new HelpText();
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        IReadOnlyList<string> wrong = ParseSentences.Of(parsed);
        foreach (string sentence in wrong) Fail(sentence, ExitCode.Usage);
        if (wrong.Count > 0) return ExitCode.Usage;
        if (parsed.GetValue(memory) is { } size) MemoryLimit.Set(MemorySize.Parse(size));
        int code = parsed.Invoke(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = Console.Out, Error = Console.Error });
        Console.Out.Flush();
        return code;
    }

    /// <summary>All commands, and the option that goes with each.</summary>
    /// <param name="fit">What is done with a fit that was asked for; null to make it.</param>
    public static (RootCommand Root, Option<string?> Memory) Root(Func<FitArguments, int>? fit = null)
    {
        RootCommand root = new("Descent fits models by stochastic and classical optimisation, and says how far from the optimum they are.")
        {
            FitCommand.Build(fit),
            PredictCommand.Build(),
            EvaluateCommand.Build(),
            InspectCommand.Build(),
            PlanCommand.Build(),
            TuneCommand.Build(),
            CompareCommand.Build(),
            MixtureCommand.Build(),
            EstimateCommand.Build(),
            AnnealCommand.Build(),
            DoctorCommand.Build(),
            MethodsCommand.Build(),
            GalleryCommand.Build(),
            VerifyProofCommand.Build(),
            ResumeCommand.Build(),
            VerifyCommand.Build(),
        };
        Option<string?> memory = new("--memory-limit")
        {
            Description = "Memory that may be taken, for example 500M or 4G; what needs "
            + "more is refused. Default: what the machine has.",
            Recursive = true
        };
        root.Add(memory);
        root.Add(new Option<string?>("--mpi")
        {
            Description = "MPI library of a run by mpirun or srun: openmpi, mpich, abi, or the path of a library. Default: the launcher's.",
            Recursive = true
        });
        root.Add(new Option<string?>("--watchdog")
        {
            Description = "End a run by mpirun or srun (exit code 75) when its ranks have waited this long for each other. Default 1h.",
            Recursive = true
        });
        return (root, memory);
    }

    /// <summary>
    /// Runs a command; every error becomes one message and an exit code, never a stack trace, and nothing half written stays.
    /// </summary>
    static int Guarded(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (UsageException e)
        {
            return Fail(e.Message, ExitCode.Usage, e.Pointer);
        }
        catch (DataException e)
        {
            return Fail(e.Message, ExitCode.BadData);
        }
        catch (OutOfMemoryException)
        {
            return Fail($"the data does not fit in memory{MemoryLimit.Remark}. Fewer features (--features) or rows help.",
                ExitCode.BadData);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail($"a file or a standard stream could not be used ({e.Message.TrimEnd('.')}). Free space or name another place.",
                ExitCode.BadData);
        }
        catch (Exception e)
        {
            Parts.RemoveAll();
            return Fail($"internal error: {e.GetType().Name}: {e.Message.TrimEnd('.')} (in {Place(e)}). This is a mistake in descent, "
                + $"not in your data: please report this line, the command and, if you may, the data.", ExitCode.Internal);
        }
    }

    // The method alone: where a reader of the source has to look.
    static string Place(Exception e) =>
        new StackTrace(e).GetFrames().Select(DiagnosticMethodInfo.Create)
            .FirstOrDefault(m => m?.DeclaringTypeName.StartsWith("Descent.", StringComparison.Ordinal) == true) is { } m
            ? $"{m.DeclaringTypeName}.{m.Name}" : "the runtime";

    static int Fail(string message, int code, string? pointer = null)
    {
        try
        {
            Console.Error.WriteLine("descent: " + Shown.Line(message));
            foreach (string line in pointer?.Split('\n') ?? []) Console.Error.WriteLine("    " + line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The error stream is closed or full: the exit code has to say it alone.
        }
        return code;
    }
}
