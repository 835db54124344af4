using System.CommandLine;
using System.Text;
using Descent.Cli.Output;
using Descent.Data;
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
        string[] inputs = [path, .. spec.Files, .. spec.Labels is { } l ? new[] { l } : []];
        Outputs.Check([new("--out", output)], inputs);
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
        if (spec.Files is ["-"] && spec.Format != DataFormat.Idx && spec.Labels is null)
            return OfStream(path, model, spec, output);
        if (model.Network is { } net) Outputs.Check([new("--out", output)], [NetworkModel.PathOf(path, net.Weights)]);
        ModelRows rows = ModelRows.Load(path, model, spec, needLabels: false);
        ErrorStream.Say(rows.Notes);
        return Write(Table(model, rows), rows.Summary, rows.Count, output);
    }

    // One line out a line in, at once: a program may write a row and wait for its prediction.
    static int OfStream(string path, ModelFile model, DataSpec spec, string? output)
    {
        using ModelStream? stream = ModelStream.Open(model, model.Network?.Load(path), spec, CancellationToken.None);
        Saving saving = new();
        if (output is null) Each(model, stream!, Terminal.WriteData);
        else if (saving.Write(output, p => FileWriter.Write(Destination.Files, p,
            to => Each(model, stream!, text => to.Write(Encoding.UTF8.GetBytes(text))))) is { } written)
            Console.Out.WriteLine($"{Text.Plural(stream!.Count, "prediction")} written to {written}");
        ErrorStream.Say(stream!.Notes());
        return saving.End(ExitCode.Done);
    }

    static void Each(ModelFile model, ModelStream stream, Action<string> write)
    {
        StringBuilder text = Head(model);
        while (stream.Next() is { } rows)
        {
            write(Lines(model, rows, text));
            Console.Out.Flush();
            text.Clear();
        }
        if (stream.Count == 0)
            throw new DataException($"standard input: no rows.{string.Concat(stream.Notes().Take(1).Select(n => " " + n))}");
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

    static string Table(ModelFile model, ModelRows rows) => Lines(model, rows, Head(model));

    static StringBuilder Head(ModelFile model) =>
        new StringBuilder().AppendJoin(',', ModelFamilies.Of(model.Model).PredictedColumns(model.Classes ?? [])).Append('\n');

    static string Lines(ModelFile model, ModelRows rows, StringBuilder t)
    {
        ModelFamily family = ModelFamilies.Of(model.Model);
        IReadOnlyList<string> classes = model.Classes ?? [];
        for (int i = 0; i < rows.Count; i++)
        {
            family.AppendPrediction(t, rows.Margins.AsSpan(i * rows.Outputs, rows.Outputs), classes, model.HasReferenceClass);
            t.Append('\n');
        }
        return t.ToString();
    }
}
