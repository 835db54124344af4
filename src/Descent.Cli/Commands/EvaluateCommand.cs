using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Descent.Cli.Output;
using Descent.Data;

namespace Descent.Cli.Commands;

/// <summary><c>descent evaluate</c>.</summary>
static class EvaluateCommand
{
    public static Command Build()
    {
        Argument<string> model = new("MODEL") { Description = "Model file written by fit --out or mixture --out." };
        Option<bool> json = new("--json") { Description = "Print one JSON object instead of text." };
        Option<double?> threshold = new("--threshold")
        {
            Description = "Probability from which a row is taken for the second class; of a hinge model, the margin. "
                + "Default: above 0.5 (0).",
        };
        Option<int?> calibration = new("--calibration")
        {
            Description = "Compare predicted probabilities with what came, in so many groups of like probability.",
        };
        ReadingOptions reading = new();
        Command command = new("evaluate", "Compares a saved model's predictions with the labels of a data file; of a mixture, the mean "
            + "log-likelihood of the rows.\n\nExample:\n  descent "
            + "evaluate a9a.model.json a9a.t.gz") { model };
        command.Aliases.Add("eval");
        reading.AddTo(command);
        command.Add(threshold);
        command.Add(calibration);
        command.Add(json);
        command.SetAction(p =>
            Run(p.GetValue(model)!, reading.Read(p), (p.GetValue(threshold), p.GetValue(calibration)), p.GetValue(json)));
        return command;
    }

    static int Run(string path, DataSpec spec, (double? Threshold, int? Groups) asked, bool json)
    {
        byte[] file = ModelFile.Read(path);
        if (MixtureFile.Is(file))
        {
            if (asked != default) throw new UsageException("--threshold and --calibration are for models of two classes.");
            MixtureUses.Evaluate(path, new SavedMixture(MixtureFile.Parse(file, path)), spec, json);
            return ExitCode.Done;
        }
        ModelFile model = ModelFile.Parse(file, path);
        ClassifierMeasures.Check(model, asked);
        ModelRows rows = ModelRows.Load(path, model, spec, needLabels: true);
        ErrorStream.Say(rows.Notes);
        if (rows.Labels is null) throw new UsageException("the data holds no labels; name their file with --labels FILE.");
        FitQuality q = Quality.Apart(ModelFamilies.Of(model.Model), new MeasuredRows(rows.Margins, rows.Labels, rows.Trials)
        {
            Offsets = rows.Offsets,
            Trials = rows.Trials,
            Outputs = rows.Outputs,
            HasReference = model.HasReferenceClass,
            Own = model.Own,
        });
        if (!double.IsFinite(q.MeanLoss) && rows.Meanless(model) is { } why)
            throw new DataException($"{path}: the loss of its predictions on {string.Join(" + ", spec.Files)} is infinite: {why}. Leave "
                + "such rows out, or fit with another link.");
        if (!double.IsFinite(q.MeanLoss))
            throw new DataException($"{path}: the loss of its predictions on {string.Join(" + ", spec.Files)} overflows: they are as "
                + $"large as {Text.Number(rows.Margins.Max(Math.Abs), "G3")}. Were these rows measured in the units of the training data?");
        TwoClassQuality? two = ClassifierMeasures.Of(model, rows, asked);
        if (two is not null) q = ClassifierMeasures.At(two, q);
        if (json)
        {
            Console.Out.WriteLine(Json(model, q, two));
            return ExitCode.Done;
        }
        Console.Out.WriteLine($"{"Model",-13}{(model.Network?.Build().Description ?? model.Model)} of {model.Target}, fitted on "
            + $"{Text.Count(model.Data.Rows)} rows by {model.Options.Method}");
        Console.Out.WriteLine($"{"Data",-13}{string.Join(" + ", spec.Files)}: {rows.Summary}");
        Console.Out.WriteLine($"{"Mean loss",-13}{Text.Number(q.MeanLoss, "G10")} (without penalties)");
        Console.Out.WriteLine($"{"Fit",-13}{FitPrinter.Measures(q)}");
        if (two is not null) Console.Out.Write(ClassifierMeasures.Lines(two, model));
        if (q.Confusion is { } confusion && confusion.Length <= 40)
        {
            string[] head = ["true \\ predicted", .. model.Classes!];
            Console.Out.WriteLine();
            Console.Out.Write(TextTable.Render(head,
                [.. confusion.Select((row, k) => (IReadOnlyList<string>)[model.Classes![k], .. row.Select(n => Text.Count(n))])]));
        }
        if (two is { Calibration.Count: > 0 }) Console.Out.Write("\n" + ClassifierMeasures.Table(two, model));
        return ExitCode.Done;
    }

    static string Json(ModelFile model, FitQuality q, TwoClassQuality? two)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            w.WriteString("model", model.Model);
            w.WriteString("target", model.Target);
            FitJson.Measures(w, "fit", q);
            if (two is not null) ClassifierMeasures.Write(w, two, model);
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
