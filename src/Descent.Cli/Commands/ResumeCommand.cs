using System.CommandLine;
using Descent.Cli.Output;
using Descent.Data;
using Descent.Data.Files;
using Descent.Runs;

namespace Descent.Cli.Commands;

/// <summary><c>descent resume</c>: a run that was interrupted or killed goes on, and ends with the bytes that it would have ended
/// with.</summary>
static class ResumeCommand
{
    public static Command Build()
    {
        Argument<string> run = new("RUN") { Description = "Folder that 'descent fit … --run RUN' keeps its checkpoints in." };
        Option<int?> threads = new("--threads") { Description = "Threads; results do not depend on them. Default: as the fit was asked." };
        Command command = new("resume",
            "Goes on with a run that was interrupted or killed: it ends with the same model, to the byte, as if "
            + "it had not been.\n\nExample:\n  descent fit a9a.gz --model logistic --method svrg --epochs 1000 --run runs/1 --checkpoint "
            + "every=10s\n  descent resume runs/1")
        { run, threads };
        command.SetAction(p => Run(p.GetValue(run)!, p.GetValue(threads)));
        return command;
    }

    static int Run(string folder, int? threads)
    {
        string path = Path.Combine(folder, CheckpointFile.Name);
        if (!Directory.Exists(folder))
            throw new UsageException($"{folder}: there is no such folder; expected one that 'descent fit … --run {folder}' made.");
        if (!File.Exists(path))
        {
            if (!File.Exists(Path.Combine(folder, "result.json")))
                throw new DataException($"{folder}: holds no {CheckpointFile.Name}; expected the folder of a run that was interrupted, "
                    + "or that was asked to --checkpoint.");
            Console.Out.WriteLine($"{folder}: this run has ended; there is nothing to go on with.");
            return ExitCode.Done;
        }
        (RunRecord record, RunState state) = CheckpointFile.Parse(InputFile.ReadAll(path, "a checkpoint"), path);
        if (record.Version != CheckpointKeeper.Version)
            throw new DataException($"{path}: was written by Descent {record.Version}, and this is {CheckpointKeeper.Version}, which "
                + $"may round "
                + "otherwise: the same bytes could not be promised. Resume with that version, or run the command of the fit again.");
        return Again(record, folder, a =>
        {
            RequireSameBits(a.Spec, folder, threads);
            return FitCommand.Run(a with
            {
                From = (record, state),
                Spec = a.Spec with { Threads = threads ?? a.Spec.Threads },
            });
        });
    }

    /// <summary>Refuses a run whose bits depend on the machine: nothing exact can be promised of it.</summary>
    public static void RequireSameBits(FitSpec spec, string folder, int? threads = null)
    {
        if (Catalogue.Find(spec.Method.Name) is not { Races: { } races } entry || (spec.Threads == 1 && threads is null or 1)) return;
        throw new DataException($"{folder}: {entry.Name} is not deterministic on more than one thread, since {races}: the same bytes "
            + "cannot be promised. Make the fit again; with --threads 1 it is deterministic and can be resumed and verified.");
    }

    /// <summary>Reads the words of a run again, in its folder, and gives what they ask for to an action; the folder of the run is the one
    /// given.</summary>
    public static int Again(RunRecord record, string folder, Func<FitArguments, int> act)
    {
        string place = Path.GetFullPath(folder);
        if (!Directory.Exists(record.Folder))
            throw new DataException($"{folder}: the run was started in {record.Folder}, which is not there; its paths start from it.");
        Environment.CurrentDirectory = record.Folder;
        (RootCommand root, Option<string?> memory) = Program.Root(
            a => act(a with { Spec = a.Spec with { Output = a.Spec.Output with { Run = place } } }));
        ParseResult parsed = root.Parse([.. record.Arguments]);
        if (parsed.Errors.Count > 0 || record.Arguments.Count == 0 || record.Arguments[0] != "fit")
            throw new DataException($"{folder}: its command cannot be read: {string.Join(' ', record.Arguments)}.");
        if (parsed.GetValue(memory) is { } size) MemoryLimit.Set(MemorySize.Parse(size));
        return parsed.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = Console.Out,
            Error = Console.Error
        });
    }
}
