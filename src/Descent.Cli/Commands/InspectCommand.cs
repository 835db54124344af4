using System.CommandLine;
using Descent.Cli.Fitting;
using Descent.Cli.Models;
using Descent.Cli.Output;
using Descent.Data;
using Descent.Data.Text;

namespace Descent.Cli.Commands;

/// <summary><c>descent inspect</c>: a data file or a model.</summary>
static class InspectCommand
{
    public static Command Build()
    {
        Argument<string> file = new("FILE") { Description = "A data file or a model file." };
        Option<string?> separator = new("--separator") { Description = "Field separator: a character, tab or space." };
        Option<string> header = new("--header") { Description = "Whether the first line holds names: auto, yes or no.", DefaultValueFactory = _ => "auto" };
        Command command = new("inspect", "Shows what a data file or a model holds.\n\nExample:\n  descent inspect iris.csv") { file, separator, header };
        command.Aliases.Add("show");
        command.SetAction(p => Run(p.GetValue(file)!, p.GetValue(separator), p.GetValue(header)!));
        return command;
    }

    static int Run(string path, string? separator, string header)
    {
        if (IsModel(path)) Print(ModelFile.Load(path), path);
        else
        {
            switch (FormatDetector.Detect(path))
            {
                case DataFormat.Libsvm:
                    Libsvm(path);
                    break;
                case DataFormat.Idx:
                    Idx(path);
                    break;
                default:
                    Csv(path, separator, header);
                    break;
            }
        }
        return ExitCode.Done;
    }

    static bool IsModel(string path)
    {
        using Stream s = ByteSource.Open(path);
        byte[] head = new byte[64];
        int got = ByteSource.Read(s, head, path);
        foreach (byte b in head.AsSpan(0, got))
            if (b > ' ') return b == '{';
        return false;
    }

    static void Csv(string path, string? separator, string header)
    {
        FitRequest request = new() { Data = [path], Separator = separator, Header = header, Missing = "mean" };
        Table table = CsvReader.Read([path], TableLoader.OptionsOf(request, [], null));
        string name = table.Separator switch { '\t' => "tab", ' ' => "blank", var c => $"'{c}'" };
        Console.Out.WriteLine($"{path}: {Text.Plural(table.RowCount, "row")}, {Text.Plural(table.Columns.Count, "column")}, separator {name}, {(table.HasHeader ? "with" : "without")} a header, {Text.Bytes(table.Bytes)}\n");
        List<IReadOnlyList<string>> rows = [];
        foreach (Column c in table.Columns) rows.Add(c.IsText ? TextRow(c) : NumberRow(c));
        Console.Out.Write(TextTable.Render(["column", "type", "missing", "min", "mean", "max", "levels"], rows, leftColumns: 2));
    }

    static IReadOnlyList<string> TextRow(Column c) =>
        [c.Name, "text", Text.Count(c.Missing), "", "", "", $"{c.Levels.Count}: {string.Join(", ", c.Levels.Take(5))}{(c.Levels.Count > 5 ? ", …" : "")}"];

    static IReadOnlyList<string> NumberRow(Column c)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity, sum = 0;
        foreach (double x in c.Numbers)
        {
            least = Math.Min(least, x);
            most = Math.Max(most, x);
            sum += x;
        }
        return [c.Name, "number", Text.Count(c.Missing), Text.Number(least), Text.Number(sum / c.Numbers.Length), Text.Number(most), ""];
    }

    static void Libsvm(string path)
    {
        SparseData<double> data = LibsvmReader.Read<double>([path]);
        SortedDictionary<double, int> labels = [];
        foreach (double y in data.Labels) labels[y] = labels.GetValueOrDefault(y) + 1;
        Console.Out.WriteLine($"{path}: LIBSVM, {Text.Plural(data.Rows.Count, "row")}, {Text.Count(data.Rows.Columns)} columns, {Text.Count(data.Rows.Entries)} non-zeros ({Text.Number((double)data.Rows.Entries / data.Rows.Count, "0.#")} a row), {Text.Bytes(data.Bytes)}");
        Console.Out.WriteLine(labels.Count <= 20
            ? "labels: " + string.Join(", ", labels.Select(l => $"{Text.Number(l.Key)} ({Text.Count(l.Value)})"))
            : $"labels: {labels.Count} distinct values from {Text.Number(labels.Keys.First())} to {Text.Number(labels.Keys.Last())}");
    }

    static void Idx(string path)
    {
        IdxArray data = IdxReader.Read(path);
        Console.Out.WriteLine($"{path}: IDX {string.Join("×", data.Shape)}, {(data.IsByte ? "bytes" : "numbers")} from {Text.Number(data.Values.Min())} to {Text.Number(data.Values.Max())}");
        if (data.Shape.Length > 1) return;
        foreach (var g in data.Values.GroupBy(v => v).OrderBy(g => g.Key).Take(40)) Console.Out.WriteLine($"  {Text.Number(g.Key)}: {Text.Count(g.Count())}");
    }

    static void Print(ModelFile m, string path)
    {
        Console.Out.WriteLine($"{path}: {m.Model} model of {m.Target}" + (m.Classes is { } c ? $" (classes {string.Join(", ", c)})" : ""));
        Console.Out.WriteLine($"{"Data",-13}{m.Data.Source}, {Text.Plural(m.Data.Rows, "row")}, {Text.Count(m.Data.Columns)} features, fingerprint {m.Data.Fingerprint[..16]}…");
        Console.Out.WriteLine($"{"Method",-13}{m.Options.Method}: {m.Options.Recursion}");
        Console.Out.WriteLine($"{"Penalty",-13}λ = {Text.Number(m.Options.L2)}, λ₁ = {Text.Number(m.Options.L1)}");
        if (m.Certificate is { } certificate)
        {
            Console.Out.WriteLine($"{"Objective",-13}F = {Text.Number(certificate.Objective, "G10")}, ‖∇F‖ = {Text.Number(certificate.GradientNorm, "G4")}");
            Console.Out.WriteLine($"{"Certificate",-13}{(certificate.Gap is { } g ? $"F(w) − F* ≤ {Text.Number(g, "G4")}, by {certificate.How}" : certificate.How)}");
        }
        Console.Out.WriteLine($"{"Outcome",-13}{m.Outcome}");
        Console.Out.WriteLine($"{"Command",-13}{m.Options.Command}\n");
        if (m.Network is { } net)
        {
            Console.Out.WriteLine($"{"Network",-13}{net.Build().Description}, weights in {net.Weights}");
            return;
        }
        List<IReadOnlyList<string>> rows = [];
        for (int k = 0; k < m.Weights.Length; k++)
        {
            string prefix = m.Weights.Length > 1 ? m.Classes![k + (m.HasReferenceClass ? 1 : 0)] + ": " : "";
            if (m.Intercepts is { } b) rows.Add([prefix + "(Intercept)", Text.Figure(b[k])]);
            for (int j = 0; j < m.Features.Count && rows.Count < 60; j++) rows.Add([prefix + m.Features[j].Name, Text.Figure(m.Weights[k][j])]);
        }
        Console.Out.Write(TextTable.Render(["", "estimate"], rows));
    }
}
