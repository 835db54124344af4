using System.CommandLine;
using Descent.Cli.Output;
using Descent.Diagnosis;
using Descent.Runs;

namespace Descent.Cli.Commands;

/// <summary><c>descent doctor</c>.</summary>
static class DoctorCommand
{
    public static Command Build()
    {
        Argument<string> run = new("RUN") { Description = "Folder that 'descent fit … --run RUN' wrote." };
        Command command = new("doctor", "Explains a finished run: what went wrong, the evidence, and one remedy.\n\nExample:\n  "
            + "descent fit data.csv --target y --method sgd --lr 0.5 --run runs/1\n  descent doctor runs/1") { run };
        command.SetAction(p => Run(p.GetValue(run)!));
        return command;
    }

    static int Run(string folder)
    {
        CaseHistory history = HistoryFile.Load(folder);
        Console.Out.WriteLine($"{history.Method}, {Text.Plural(history.Trace.Count > 0 ? history.Trace[^1].Step : 0, "step")}: "
            + (history.Outcome == OutcomeKind.Converged ? "Converged" : ReportVerdict.Of(history.Outcome).Head));
        IReadOnlyList<Finding> findings = Doctor.Examine(history);
        if (findings.Count == 0)
            Console.Out.WriteLine("Nothing is wrong with this run"
                + (double.IsNaN(history.RelativeGap) ? "." : $": the certified gap is {Text.AtMost(history.RelativeGap, 3)} of F."));
        foreach (Finding f in findings) Console.Out.WriteLine(f.Sentence);
        if (findings.Count > 0 && history.CommandLine.Length > 0)
            Console.Out.WriteLine($"Try: {CommandLineCaller.Changed(history.CommandLine, findings[0].Changes)}");
        return ExitCode.Done;
    }
}
