using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Descent.Cli.Output;
using Descent.Data;

namespace Descent.Cli.Commands;

/// <summary>What <c>predict</c>, <c>evaluate</c> and <c>inspect</c> do with the file of a mixture.</summary>
static class MixtureUses
{
    /// <summary>
    /// The most probable component, its responsibility, all responsibilities, the log-density, and what else the family says of a row; a
    /// CSV
    /// line a row.
    /// </summary>
    public static string Predictions(SavedMixture model, MixtureRows rows)
    {
        int k = model.Components;
        MixtureReading r = rows.Reading;
        bool allocated = r.States.Length > 0;
        List<string> head = [];
        if (allocated) head.AddRange([model.Family.Part, "probability", .. Enumerable.Range(1, k).Select(j => $"p{j}")]);
        if (r.LogDensities.Length > 0) head.Add("log_density");
        head.AddRange(r.More.Select(m => m.Name));
        StringBuilder t = new(string.Join(',', head) + "\n");
        for (int i = 0; i < rows.Count; i++)
        {
            List<string> cells = [];
            if (allocated)
            {
                ReadOnlySpan<double> shares = r.Shares.AsSpan(i * k, k);
                cells.AddRange([(r.States[i] + 1).ToString(CultureInfo.InvariantCulture), Text.Exact(shares[r.States[i]])]);
                foreach (double p in shares) cells.Add(Text.Exact(p));
            }
            if (r.LogDensities.Length > 0) cells.Add(Text.Exact(r.LogDensities[i]));
            cells.AddRange(r.More.Select(m => Text.Exact(m.Values[i])));
            t.AppendJoin(',', cells).Append('\n');
        }
        return t.ToString();
    }

    /// <summary>Mean log-likelihood of rows, and how they are allocated.</summary>
    public static void Evaluate(string path, SavedMixture model, DataSpec spec, bool json)
    {
        MixtureRows rows = MixtureRows.Load(model, spec, needsTarget: true);
        ErrorStream.Say(rows.Notes);
        double sum = rows.Reading.LogDensities.Sum(), mean = sum / rows.Count, fitted = model.LogLikelihood / model.File.Data.Rows;
        if (!double.IsFinite(sum))
            throw new DataException($"{path}: a row of {string.Join(" + ", spec.Files)} has density 0 in floating point: it lies as "
                + "good as infinitely far from every component. Were these rows measured in the units of the training data?");
        int[] counts = new int[model.Components];
        foreach (int state in rows.Reading.States) counts[state]++;
        if (json)
        {
            Console.Out.WriteLine(Json(model, rows.Count, sum, counts));
            return;
        }
        Console.Out.WriteLine($"{"Model",-13}{Named(model)}, fitted on {Text.Plural(model.File.Data.Rows, "row")} by "
            + model.File.Search.Method);
        Console.Out.WriteLine($"{"Data",-13}{string.Join(" + ", spec.Files)}: {rows.Summary}");
        Console.Out.WriteLine($"{"Likelihood",-13}mean log p = {Text.Number(mean, "G10")} a row ({Text.Number(fitted, "G10")} on the "
            + $"rows of the fit), ℓ = {Text.Number(sum, "G10")}\n");
        if (model.Family.Allocates) Console.Out.Write(TextTable.Render([model.Family.Part, "weight", "rows", "share of rows"],
            [.. counts.Select((n, j) =>
            (IReadOnlyList<string>)[$"{j + 1}", Text.Figure(model.Weights[j]), Text.Count(n), Text.Figure((double)n / rows.Count)])]));
    }

    /// <summary>What the file holds.</summary>
    public static void Print(SavedMixture model, string path)
    {
        MixtureFile m = model.File;
        Console.Out.WriteLine($"{path}: {Named(model)} of {Text.Names(m.Columns)}");
        Console.Out.WriteLine($"{"Data",-13}{m.Data.Source}, {Text.Plural(m.Data.Rows, "row")}, {Text.Plural(m.Data.Columns, "column")}, "
            + $"fingerprint {m.Data.Fingerprint[..16]}…");
        Console.Out.WriteLine($"{"Method",-13}{m.Search.Method}: {Text.Plural(m.Search.Restarts, "start")} for each k of {m.Search.Tried}, "
            + $"chosen by {m.Search.Criterion}, tolerance {Text.Number(m.Search.Tolerance)}, seed {m.Search.Seed}");
        Console.Out.WriteLine($"{"Likelihood",-13}ℓ = {Text.Number(m.LogLikelihood, "G10")}");
        Console.Out.WriteLine($"{"Certificate",-13}{MixtureText.Proof(m.Certificate)}");
        Console.Out.WriteLine($"{"Outcome",-13}{m.Outcome}");
        Console.Out.WriteLine($"{"Command",-13}{m.Search.Command}\n");
        Console.Out.Write(MixtureText.Tables(m));
    }

    static string Named(SavedMixture m) =>
        $"{m.Family.Name} {(m.Family.HasSequences || !m.Family.Allocates ? "model" : "mixture")} of "
        + Text.Plural(m.Components, m.Family.Part)
        + (m.File.Covariance is { } shape ? $", {shape} covariance" : "");

    static string Json(SavedMixture model, int rows, double sum, int[] counts)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            w.WriteString("model", "mixture");
            w.WriteString("family", model.Family.Name);
            w.WriteNumber("components", model.Components);
            w.WriteNumber("rows", rows);
            w.WriteNumber("logLikelihood", sum);
            w.WriteNumber("meanLogLikelihood", sum / rows);
            w.WriteStartArray("rowsOfComponents");
            foreach (int n in counts) w.WriteNumberValue(n);
            w.WriteEndArray();
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
