using System.CommandLine;
using System.Text;
using Descent.Cli.Output;
using Descent.Data.Files;

namespace Descent.Cli.Commands;

/// <summary><c>descent predict</c>.</summary>
static class PredictCommand
{
    public static Command Build()
    {
        Argument<string> model = new("MODEL") { Description = "Model file written by fit --out." };
        Option<string?> output = new("--out", "-o") { Description = "Write the predictions here as CSV. Default: standard output." };
        ReadingOptions reading = new();
        Command command = new("predict", "Predicts with a saved model; one CSV line a row.\n\nExample:\n  descent predict iris.model.json new.csv --out predictions.csv") { model };
        reading.AddTo(command);
        command.Add(output);
        command.SetAction(p => Run(p.GetValue(model)!, reading.Read(p), p.GetValue(output)));
        return command;
    }

    static int Run(string path, DataSpec spec, string? output)
    {
        string[] inputs = [path, .. spec.Files, .. spec.Labels is { } l ? new[] { l } : []];
        Outputs.Check([new("--out", output)], inputs);
        ModelFile model = ModelFile.Load(path);
        if (model.Network is { } net) Outputs.Check([new("--out", output)], [NetworkModel.PathOf(path, net.Weights)]);
        ModelRows rows = ModelRows.Load(path, model, spec, needLabels: false);
        ErrorStream.Say(rows.Notes);
        string csv = Table(model, rows);
        if (output is null)
        {
            Terminal.WriteData(csv);
            return ExitCode.Done;
        }
        Saving saving = new();
        string? written = saving.Write(output, p => FileWriter.Write(Destination.Files, p, Encoding.UTF8.GetBytes(csv)));
        if (written is not null) Console.Out.WriteLine($"{rows.Summary}; {Text.Plural(rows.Count, "prediction")} written to {written}");
        return saving.End(ExitCode.Done);
    }

    static string Table(ModelFile model, ModelRows rows)
    {
        StringBuilder t = new();
        int k = rows.Outputs;
        switch (model.Model)
        {
            case "logistic":
                t.Append("predicted,probability\n");
                foreach (double z in rows.Margins) t.Append(CsvText.Field(model.Classes![z > 0 ? 1 : 0])).Append(',').Append(Text.Exact(1 / (1 + Elementary.Exp(-z)))).Append('\n');
                break;
            case "hinge":
                t.Append("predicted,margin\n");
                foreach (double z in rows.Margins) t.Append(CsvText.Field(model.Classes![z > 0 ? 1 : 0])).Append(',').Append(Text.Exact(z)).Append('\n');
                break;
            case "softmax":
                double[] p = new double[model.Classes!.Count];
                t.Append("predicted");
                foreach (string c in model.Classes) t.Append(',').Append(CsvText.Field("p_" + c));
                t.Append('\n');
                for (int i = 0; i < rows.Count; i++)
                {
                    ReadOnlySpan<double> z = rows.Margins.AsSpan(i * k, k);
                    Quality.Probabilities(z, model.HasReferenceClass, p);
                    t.Append(CsvText.Field(model.Classes[Quality.Predict(z, model.HasReferenceClass)]));
                    foreach (double v in p) t.Append(',').Append(Text.Exact(v));
                    t.Append('\n');
                }
                break;
            default:
                t.Append("prediction\n");
                foreach (double z in rows.Margins) t.Append(Text.Exact(model.Model == "poisson" ? Elementary.Exp(z) : z)).Append('\n');
                break;
        }
        return t.ToString();
    }
}
