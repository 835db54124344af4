using System.CommandLine;
using Descent.Cli.Output;

namespace Descent.Cli.Commands;

/// <summary><c>descent mixture</c>.</summary>
static class MixtureCommand
{
    public static Command Build()
    {
        MixtureOptionSet options = new();
        Command command = new("mixture",
            "Fits a mixture of laws by EM from several starts, chooses the number of components, and says what "
            + "is known of the maximum.\n\nExamples:\n  descent mixture iris.csv --exclude species --components 2..6 --report iris.html\n"
            + "  descent mixture faithful.csv --components 2 --covariance tied --out faithful.model.json\n"
            + "  descent mixture engel.csv --family regression --target foodexp --features income\n"
            + "  descent mixture faithful.csv --family hmm --components 2 --features waiting --out chain.model.json\n"
            + "  descent mixture --source sqlite:shop.db --query \"SELECT price, area FROM houses\" --components 1..4\n"
            + "  descent --memory-limit 512M mixture rides.csv --cache --components 4 --method online\n"
            + "  descent predict faithful.model.json new.csv");
        options.AddTo(command);
        command.SetAction(p => Run(options.Read(p)));
        return command;
    }

    static int Run(MixtureArguments a)
    {
        Outputs.Check([new("--out", a.Output.Model), new("--report", a.Output.Report)], a.Data.Inputs);
        MixtureData data = MixtureLoader.Load(a.Data, a.Spec.Family);
        ErrorStream.Say(a.Quiet ? data.Notes.Skip(1) : data.Notes);
        MixtureFitter fitter = new(a.Spec, data) { OnStep = a.Json || a.Quiet ? null : Progress() };
        // Lives until the result is written: a signal that ended the search must not end the writing.
        using Interruption stop = new();
        stop.SaveLast = () => Unfinished.Save(a.Output, () => fitter.Unfinished() is { } last
            ? ("the best start so far", last.Save) : null);
        FittedMixture m = fitter.Run(stop.Token);
        stop.Finishing();
        return Save(m, a);
    }

    static int Save(FittedMixture m, MixtureArguments a)
    {
        int code = ExitCode.Of(m.Outcome.Kind);
        Saving saving = new();
        string? model = a.Output.Model is { } file && m.Chosen is not null ? saving.Write(file, m.Save) : null;
        string? report = a.Output.Report is { } page
            ? saving.Text(page, Spelling.Of(MixtureReport.Build(m, DateTimeOffset.Now))) : null;
        if (a.Json) Console.Out.WriteLine(MixtureJson.Write(m, code, model, report));
        else if (a.Quiet) Console.Out.WriteLine(MixtureText.Line(m));
        else Console.Out.Write(m + Saved(model, report));
        return saving.End(code);
    }

    static string Saved(string? model, string? report) =>
        $"{"Saved",-13}{(model is null ? "no model (--out MODEL saves it)" : $"model to {model}")}\n"
            + (report is null ? "" : $"{"",-13}report to {report}\n");

    // A line on the error stream now and then while a search is long.
    static Action<MixtureProgress> Progress()
    {
        Pace pace = new();
        return p =>
        {
            if (pace.IsDue())
                Console.Error.WriteLine($"k = {p.Components}, start {p.Start} of {p.Starts}: ℓ = {Text.Number(p.LogLikelihood, "G10")}");
        };
    }
}
