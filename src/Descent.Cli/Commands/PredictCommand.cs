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
        Argument<string> model = new("MODEL") { Description = "Model file written by fit --out or mixture --out." };
        Option<string?> output = new("--out", "-o") { Description = "Write the predictions here as CSV. Default: standard output." };
        ReadingOptions reading = new();
        Command command = new("predict", "Predicts with a saved model; one CSV line a row: a number or a class, or for a mixture the most "
            + "probable component, responsibilities and log-density.\n\nExample:\n  descent predict "
            + "iris.model.json new.csv --out predictions.csv") { model };
        reading.AddTo(command);
        command.Add(output);
        command.SetAction(p => Run(p.GetValue(model)!, reading.Read(p), p.GetValue(output)));
        return command;
    }

    static int Run(string path, DataSpec spec, string? output)
    {
        Outputs.Check([new("--out", output)], [path, .. spec.Inputs]);
        byte[] file = ModelFile.Read(path);
        return MixtureFile.Is(file) ? OfMixture(new SavedMixture(MixtureFile.Parse(file, path)), spec, output)
            : OfModel(path, ModelFile.Parse(file, path), spec, output);
    }

    static int OfMixture(SavedMixture model, DataSpec spec, string? output)
    {
        MixtureRows rows = MixtureRows.Load(model, spec);
        ErrorStream.Say(rows.Notes);
        return Write(MixtureUses.Predictions(model, rows), rows.Summary, rows.Count, output);
    }

    static int OfModel(string path, ModelFile model, DataSpec spec, string? output)
    {
        if (model.Network is { } net) Outputs.Check([new("--out", output)], [NetworkModel.PathOf(path, net.Weights)]);
        ModelRows rows = ModelRows.Load(path, model, spec, needLabels: false);
        ErrorStream.Say(rows.Notes);
        return Write(Table(model, rows), rows.Summary, rows.Count, output);
    }

    static int Write(string csv, string summary, int count, string? output)
    {
        if (output is null)
        {
            Terminal.WriteData(csv);
            return ExitCode.Done;
        }
        Saving saving = new();
        string? written = saving.Write(output, p => FileWriter.Write(Destination.Files, p, Encoding.UTF8.GetBytes(csv)));
        if (written is not null) Console.Out.WriteLine($"{summary}; {Text.Plural(count, "prediction")} written to {written}");
        return saving.End(ExitCode.Done);
    }

    static string Table(ModelFile model, ModelRows rows)
    {
        ModelFamily family = ModelFamilies.Of(model.Model);
        IReadOnlyList<string> classes = model.Classes ?? [];
        StringBuilder t = new();
        t.AppendJoin(',', family.PredictedColumns(classes)).Append('\n');
        for (int i = 0; i < rows.Count; i++)
        {
            family.AppendPrediction(t, rows.Margins.AsSpan(i * rows.Outputs, rows.Outputs), classes, model.HasReferenceClass);
            t.Append('\n');
        }
        return t.ToString();
    }
}
