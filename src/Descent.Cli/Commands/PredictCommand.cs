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
        IntervalOptions intervals = new();
        ReadingOptions reading = new();
        Command command = new("predict", "Predicts with a saved model; one CSV line a row: a number or a class, or for a mixture the most "
            + "probable component, responsibilities and log-density. --interval adds the ends of an interval.\n\nExample:\n  "
            + "descent predict "
            + "iris.model.json new.csv --out predictions.csv") { model };
        reading.AddTo(command);
        intervals.AddTo(command);
        command.Add(output);
        command.SetAction(p => Run(p.GetValue(model)!, reading.Read(p), intervals.Read(p), p.GetValue(output)));
        return command;
    }

    static int Run(string path, DataSpec spec, IntervalSpec? interval, string? output)
    {
        Outputs.Check([new("--out", output)], [path, .. spec.Inputs]);
        byte[] file = ModelFile.Read(path);
        if (!MixtureFile.Is(file)) return OfModel(path, ModelFile.Parse(file, path), spec, interval, output);
        if (interval is not null) throw new UsageException("--interval: a mixture has no intervals of its predictions.");
        return OfMixture(new SavedMixture(MixtureFile.Parse(file, path)), spec, output);
    }

    static int OfMixture(SavedMixture model, DataSpec spec, string? output)
    {
        MixtureRows rows = MixtureRows.Load(model, spec);
        ErrorStream.Say(rows.Notes);
        return Write(MixtureUses.Predictions(model, rows), rows.Summary, rows.Count, output);
    }

    static int OfModel(string path, ModelFile model, DataSpec spec, IntervalSpec? interval, string? output)
    {
        if (model.Network is { } net) Outputs.Check([new("--out", output)], [NetworkModel.PathOf(path, net.Weights)]);
        IntervalRule? rule = interval is null ? null : IntervalRule.Of(model, interval);
        if (spec.Files is ["-"] && spec.Format is not (DataFormat.Idx or DataFormat.Npy) && spec.Labels is null)
            return OfStream(path, model, spec, rule, output);
        ModelRows rows = ModelRows.Load(path, model, spec, needLabels: false);
        ErrorStream.Say([.. rows.Notes, .. rule?.Notes(model) ?? [], .. Meanless(rows, model)]);
        return Write(Table(model, rows, rule?.At(rows)), rows.Summary, rows.Count, output);
    }

    // One line out a line in, at once: a program may write a row and wait for its prediction.
    static int OfStream(string path, ModelFile model, DataSpec spec, IntervalRule? rule, string? output)
    {
        using ModelStream? stream = ModelStream.Open(model, model.Network?.Load(path), spec, CancellationToken.None);
        Saving saving = new();
        if (output is null) Each(model, stream!, rule, Terminal.WriteData);
        else if (saving.Write(output, p => FileWriter.Write(Destination.Files, p,
            to => Each(model, stream!, rule, text => to.Write(Encoding.UTF8.GetBytes(text))))) is { } written)
            Console.Out.WriteLine($"{Text.Plural(stream!.Count, "prediction")} written to {written}");
        ErrorStream.Say([.. stream!.Notes(), .. rule?.Notes(model) ?? []]);
        return saving.End(ExitCode.Done);
    }

    static void Each(ModelFile model, ModelStream stream, IntervalRule? rule, Action<string> write)
    {
        StringBuilder text = Head(model, rule is not null);
        while (stream.Next() is { } rows)
        {
            write(Lines(model, rows, rule?.At(rows), text));
            ErrorStream.Say(Meanless(rows, model));
            Console.Out.Flush();
            text.Clear();
        }
        if (stream.Count == 0)
            throw new DataException($"standard input: no rows.{string.Concat(stream.Notes().Take(1).Select(n => " " + n))}");
    }

    static string[] Meanless(ModelRows rows, ModelFile model) => rows.Meanless(model) is { } why ? [$"{why}: NaN"] : [];

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

    static string Table(ModelFile model, ModelRows rows, PredictionInterval[]? intervals) =>
        Lines(model, rows, intervals, Head(model, intervals is not null));

    static StringBuilder Head(ModelFile model, bool withIntervals) =>
        new StringBuilder().AppendJoin(',', ModelFamilies.Of(model.Model).PredictedColumns(model.Classes ?? []))
            .Append(withIntervals ? ",low,high\n" : "\n");

    static string Lines(ModelFile model, ModelRows rows, PredictionInterval[]? intervals, StringBuilder t)
    {
        ModelFamily family = ModelFamilies.Of(model.Model);
        IReadOnlyList<string> classes = model.Classes ?? [];
        for (int i = 0; i < rows.Count; i++)
        {
            family.AppendPrediction(t, rows.Margins.AsSpan(i * rows.Outputs, rows.Outputs), classes, model.HasReferenceClass);
            if (intervals?[i] is { } own) t.Append(',').Append(Text.Exact(own.Low)).Append(',').Append(Text.Exact(own.High));
            t.Append('\n');
        }
        return t.ToString();
    }
}
