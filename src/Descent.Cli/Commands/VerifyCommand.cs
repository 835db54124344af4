using System.CommandLine;
using Descent.Cli.Output;
using Descent.Data;
using Descent.Data.Files;

namespace Descent.Cli.Commands;

/// <summary><c>descent verify</c>: a run is made again and compared byte by byte.</summary>
static class VerifyCommand
{
    public static Command Build()
    {
        Argument<string> run = new("RUN") { Description = "Folder that 'descent fit … --run RUN' wrote." };
        Command command = new("verify",
            "Makes a finished run again from its data, without writing anything, and compares the models byte by "
            + "byte.\n\nExample:\n  descent fit a9a.gz --model logistic --method sgd --epochs 5 --run runs/1\n  descent verify runs/1")
        { run };
        command.SetAction(p => Run(p.GetValue(run)!));
        return command;
    }

    static int Run(string folder)
    {
        string path = Path.Combine(folder, RunRecord.Name), model = Path.Combine(folder, RunFolder.Model);
        foreach (string needed in (string[])[path, model])
        {
            if (!File.Exists(needed))
                throw new DataException($"{folder}: holds no {Path.GetFileName(needed)}; expected the folder of a finished run, which "
                    + $"'descent fit … --run {folder}' makes.");
        }
        if (File.Exists(Path.Combine(folder, CheckpointFile.Name)))
            throw new DataException($"{folder}: this run was interrupted and has not ended, so there is no end to compare with; "
                + $"go on with it: descent resume {folder}");
        RunRecord record = RunRecord.Parse(InputFile.ReadAll(path, "the record of a run"), path);
        string place = Path.GetFullPath(folder);
        return ResumeCommand.Again(record, folder, a =>
        {
            ResumeCommand.RequireSameBits(a.Spec, folder);
            return Compare(a, record, place);
        });
    }

    static int Compare(FitArguments a, RunRecord record, string folder)
    {
        LoadedData data = ErrorStream.Load(a.Spec, a.Quiet);
        if (DataDigest.Of(data) is var now && now != record.Data)
            throw new DataException($"{folder}: the data are not those of the run: their digest is {now}, and was {record.Data}.");
        using Interruption stop = new();
        Fitted fit = Fitter.Of(a.Spec, data).Run(stop.Token, null);
        if (stop.Token.IsCancellationRequested) return ExitCode.Interrupted;
        List<string> differing = [];
        foreach ((string name, Action<IOutputStream> content) in fit.Files(RunFolder.Model).Entries(RunFolder.Model))
        {
            using MemoryOutput again = new();
            content(again);
            string there = Path.Combine(folder, name);
            if (!File.Exists(there) || !InputFile.ReadAll(there, "a file of the run").AsSpan().SequenceEqual(again.Written))
                differing.Add(name);
        }
        string same = record.Version == CheckpointKeeper.Version ? "" : $" It was made by Descent {record.Version}.";
        Console.Out.WriteLine(differing.Count == 0
            ? $"{folder}: the same bytes, {Text.Plural(fit.Trace[^1].Step, "step")}, F = {Text.Number(fit.Trace[^1].Value, "G10")}."
            : $"{folder}: {string.Join(" and ", differing)} came out otherwise.{same}");
        return differing.Count == 0 ? ExitCode.Done : ExitCode.BadData;
    }
}
