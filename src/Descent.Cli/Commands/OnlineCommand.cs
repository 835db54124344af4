using Descent.Cli.Output;
using Descent.Data;
using Descent.Fitting.Online;

namespace Descent.Cli.Commands;

/// <summary><c>descent fit --online</c>.</summary>
static class OnlineCommand
{
    /// <summary>Learns until the input ends or a signal comes, prints and writes.</summary>
    public static int Run(FitArguments a)
    {
        Require(a);
        Outputs.Check(a.Spec);
        using Interruption stop = new();
        OnlineSaver? saver = null;
        using OnlineStream? stream = OnlineStream.Open(a.Spec, stop.Token, () => saver?.Tick());
        if (stream is null)
        {
            stop.Finishing();
            Console.Error.WriteLine("descent: no row has come; nothing was learnt and nothing is written.");
            return ExitCode.Interrupted;
        }
        ErrorStream.Say(a.Quiet ? stream.Notes.Skip(1) : stream.Notes);
        saver = new OnlineSaver(stream.Run, a.Spec.Output.Model, a.Online!);
        OnlineTrace trace = new(stream.Run, a.Online!.Progress, a.Loud);
        trace.Begin();
        while (!stop.Token.IsCancellationRequested && stream.Next(row =>
        {
            trace.Add(row);
            saver.Row();
            return !stop.Token.IsCancellationRequested && !stream.Run.HasDiverged;
        }))
        {
        }
        stop.Finishing();
        return End(a, stream, saver, trace, stop.Token.IsCancellationRequested);
    }

    static int End(FitArguments a, OnlineStream stream, OnlineSaver saver, OnlineTrace trace, bool interrupted)
    {
        OnlineRun run = stream.Run;
        (int skipped, string? first) = stream.Skipped;
        if (skipped > 0) Console.Error.WriteLine($"descent: {Text.Plural(skipped, "row")} left out; the first: {first}");
        if (!interrupted && run.Loss is { Rows: > 0, Weight: 0 })
            throw new DataException($"{Text.Plural(run.Loss.Rows, "row")} came, each of weight 0: nothing was learnt and nothing is "
                + "written. Expected at least one positive weight.");
        int code = run.HasDiverged ? ExitCode.Diverged : interrupted ? ExitCode.Interrupted : ExitCode.Done;
        Saving saving = new();
        string? path = run.HasDiverged || run.Loss.Rows == 0 ? null : saver.Last(saving);
        if (a.Json) Console.Out.WriteLine(OnlineJson.Write(run, trace.Doublings, skipped, stream.Notes, path, code));
        else if (a.Quiet)
            Console.Out.WriteLine($"{Text.Plural(run.Loss.Rows, "row")}, progressive loss {Text.Number(run.Loss.Mean)}"
                + (path is null ? "" : $", model in {path}"));
        else Console.Out.Write(trace.End(path));
        if (run.HasDiverged)
            Console.Error.WriteLine($"descent: diverged at row {Text.Count(run.Loss.Rows)}: a number has left the range of doubles. Give a "
                + "smaller `StepSize`" + (a.Spec.Output.Model is null ? "." : "; the model of the last save, if any, is left as it is."));
        return saving.End(code);
    }

    static void Require(FitArguments a)
    {
        foreach ((bool given, string option, string why) in ((bool, string, string)[])
        [
            (a.Fix, "--fix", "a stream cannot be read again"),
            (a.Repeat > 1, "--repeat", "a stream cannot be read again"),
            (a.DryRun, "--dry-run", "nothing is planned for a stream"),
            (a.Profile, "--profile", "reading and learning go on at once"),
        ])
            if (given) throw new UsageException($"{option} cannot be had with --online: {why}.");
        if (a.Online!.SaveRows is not null || a.Online.SaveTime is not null)
            _ = a.Spec.Output.Model ?? throw new UsageException("--save-every writes the model of --out; name it.");
    }
}
