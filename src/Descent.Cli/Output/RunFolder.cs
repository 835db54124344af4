using System.Text;
using Descent.Cli.Fitting;
using Descent.Cli.Models;
using Descent.Runs;

namespace Descent.Cli.Output;

/// <summary>A run as a folder of plain files: model.json, result.json, trace.csv, history.json, report.html.</summary>
static class RunFolder
{
    public static void Write(string folder, FitResult fit, ModelFile? model, int exitCode)
    {
        Directory.CreateDirectory(folder);
        model?.Save(Path.Combine(folder, "model.json"));
        File.WriteAllText(Path.Combine(folder, "result.json"), FitJson.Write(fit, exitCode) + "\n");
        File.WriteAllText(Path.Combine(folder, "report.html"), FitReport.Build(fit));
        HistoryFile.Save(folder, fit.History);
        StringBuilder csv = new("step,gradients,epochs,seconds,objective,gradient_norm,step_size,lower_bound\n");
        foreach (TracePoint p in fit.Run.Trace)
            csv.Append(p.Step).Append(',').Append(p.Gradients).Append(',').Append(Text.Exact(p.Epochs)).Append(',').Append(Text.Exact(p.Seconds)).Append(',')
                .Append(Text.Exact(p.Value)).Append(',').Append(Text.Exact(p.GradientNorm)).Append(',').Append(Text.Exact(p.StepSize)).Append(',').Append(Text.Exact(p.LowerBound)).Append('\n');
        File.WriteAllText(Path.Combine(folder, "trace.csv"), csv.ToString());
    }
}
