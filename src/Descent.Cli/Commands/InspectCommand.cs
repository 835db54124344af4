using System.CommandLine;
using Descent.Cli.Output;
using Descent.Data;

namespace Descent.Cli.Commands;

/// <summary><c>descent inspect</c>: a data file or a model.</summary>
static class InspectCommand
{
    public static Command Build()
    {
        Argument<string?> file = new("FILE") { Description = "A data file or a model file.", Arity = ArgumentArity.ZeroOrOne };
        SourceOptions sources = new();
        Option<string?> format = new("--format") { Description = "csv, tsv, jsonl, libsvm, vw, idx or npy. Default: by content." };
        Option<string?> separator = new("--separator") { Description = "Field separator: a character, tab or space." };
        Option<string> header =
            new("--header") { Description = "Whether the first line holds names: auto, yes or no.", DefaultValueFactory = _ => "auto" };
        Option<string?> decimalSign = new("--decimal") { Description = "Decimal sign of the numbers: . or ,. Default: by content." };
        Option<string?> encoding =
            new("--encoding") { Description = "utf-8, utf-16 or latin1. Default: UTF-8, or UTF-16 by its byte order mark." };
        Option<string[]> categorical = new("--categorical") { Description = "Columns to take as text.", Arity = ArgumentArity.OneOrMore };
        Option<string[]> missingWords =
            new("--missing-words", "--na") { Description = "Words that mean a missing value, a,b,c.", Arity = ArgumentArity.OneOrMore };
        Option<string> onBadRow =
            new("--on-bad-row") { Description = "Rows that cannot be read: fail or skip.", DefaultValueFactory = _ => "fail" };
        Option<bool> json = new("--json") { Description = "Print the columns of a table as one JSON object." };
        Command command = new("inspect", "Shows what a data file or a model holds.\n\nExample:\n  descent inspect iris.csv") { file,
            format, separator, header, decimalSign, encoding, categorical, missingWords, onBadRow, json };
        command.Aliases.Add("show");
        sources.AddTo(command, file);
        command.SetAction(p => Run(sources.Read(p, p.GetValue(file) is { } one ? [one] : []) with
        {
            Format = OptionText.Format(p.GetValue(format)),
            Separator = OptionText.Separator(p.GetValue(separator), p.GetValue(format)),
            Header = OptionText.Header(p.GetValue(header)!),
            DecimalSign = OptionText.DecimalSign(p.GetValue(decimalSign)),
            Encoding = OptionText.Encoding(p.GetValue(encoding)),
            Categorical = OptionText.Names(p.GetValue(categorical)),
            MissingWords = OptionText.Names(p.GetValue(missingWords)),
            SkipBadRows = OptionText.SkipBadRows(p.GetValue(onBadRow)!),
            Missing = MissingPolicy.Mean,
        }, p.GetValue(json)));
        return command;
    }

    static int Run(DataSpec spec, bool json)
    {
        DataFormat? asked = spec.Format;
        using DataInput input = spec.Open();
        if (input.IsTyped)
        {
            Table(input.Read(TableLoader.OptionsOf(spec, spec.Categorical, null)), spec, json);
            return ExitCode.Done;
        }
        DataSource source = input.Sources[0];
        bool isModel = asked is null && IsModel(source);
        DataFormat form = isModel ? default : asked ?? FormatDetector.Detect(source);
        if (json && (isModel || form is not (DataFormat.Csv or DataFormat.JsonLines)))
            throw new UsageException($"--json shows the columns of a table; {source.Name} is {(isModel ? "a model, which is JSON itself"
                : form.ToString().ToUpperInvariant() + " data")}. Leave it out.");
        if (isModel)
        {
            source.Dispose();
            byte[] file = ModelFile.Read(source.Path);
            if (MixtureFile.Is(file)) MixtureUses.Print(new SavedMixture(MixtureFile.Parse(file, source.Path)), source.Path);
            else Print(ModelFile.Parse(file, source.Path), source.Path);
            return ExitCode.Done;
        }
        switch (form)
        {
            case DataFormat.Libsvm:
                Libsvm(source, spec);
                break;
            case DataFormat.Vw:
                Describe(source, VwReader.Read([source], new VwOptions { NeedLabels = false, SkipBadRows = spec.SkipBadRows }), "VW text",
                    ", hashed");
                break;
            case DataFormat.Idx:
                Idx(source);
                break;
            case DataFormat.Npy:
                Npy(source);
                break;
            default:
                Table(TableReader.Read([source], TableLoader.OptionsOf(spec, spec.Categorical, null)), spec, json);
                break;
        }
        return ExitCode.Done;
    }

    static bool IsModel(DataSource source)
    {
        ReadOnlySpan<byte> head = source.Head.TrimStart(" \t\r\n"u8);
        return head is [(byte)'{', ..] && (head.IndexOf("\"descent-"u8) >= 0 || !FormatDetector.IsJsonLine(head));
    }

    static void Table(Table table, DataSpec spec, bool json)
    {
        foreach (string name in spec.Categorical)
            if (!table.HasColumn(name))
                throw new UsageException($"--categorical: there is no column '{name}' in {table.Source}. The columns are "
                    + $"{Text.Names(table.AllNames)}.");
        ErrorStream.Say([.. table.Notes, .. ReadingNotes.Skipped(table.Source, table.Skipped, table.FirstSkip)]);
        InspectedTable shown = new(table);
        if (json) Console.Out.WriteLine(shown.Json());
        else Console.Out.Write(shown.Page());
    }

    static void Libsvm(DataSource source, DataSpec spec)
    {
        SparseData<double> data = LibsvmReader.Read<double>([source],
            new LibsvmOptions { NeedLabels = false, SkipBadRows = spec.SkipBadRows, Limit = int.MaxValue });
        Describe(source, data, "LIBSVM", $" numbered from {(data.ZeroBased ? 0 : 1)}");
    }

    static void Describe(DataSource source, SparseData<double> data, string form, string columns)
    {
        string path = source.Name;
        ErrorStream.Say(ReadingNotes.Skipped(path, data.Skipped, data.FirstSkip));
        SortedDictionary<double, int> labels = [];
        foreach (double y in data.Labels.Where(y => !double.IsNaN(y))) labels[y] = labels.GetValueOrDefault(y) + 1;
        Console.Out.WriteLine($"{path}: {form}, {Text.Plural(data.Rows.Count, "row")}, {Text.Count(data.Rows.Columns)} columns{columns}, "
            + $"{Text.Count(data.Rows.Entries)} non-zeros "
            + $"({Text.Number((double)data.Rows.Entries / data.Rows.Count, "0.#")} a row), {Text.Bytes(data.Bytes)}");
        if (data.Unlabelled > 0) Console.Out.WriteLine($"labels: {Text.Plural(data.Unlabelled, "row")} without a label that is a number");
        if (labels.Count > 0) Console.Out.WriteLine(labels.Count <= 20
            ? "labels: " + string.Join(", ", labels.Select(l => $"{Text.Number(l.Key)} ({Text.Count(l.Value)})"))
            : $"labels: {labels.Count} distinct values from {Text.Number(labels.Keys.First())} to {Text.Number(labels.Keys.Last())}");
    }

    static void Idx(DataSource source)
    {
        string path = source.Name;
        IdxArray data = IdxReader.Read(source);
        Console.Out.WriteLine($"{path}: IDX {string.Join("×", data.Shape)}, {(data.IsByte ? "bytes" : "numbers")} from "
            + $"{Text.Number(data.Values.Min())} to {Text.Number(data.Values.Max())}");
        if (data.Shape.Length > 1) return;
        foreach (var g in data.Values.GroupBy(v => v).OrderBy(g => g.Key).Take(40))
            Console.Out.WriteLine($"  {Text.Number(g.Key)}: {Text.Count(g.Count())}");
    }

    static void Npy(DataSource source)
    {
        bool many = NpzReader.IsArchive(source);
        foreach (var (name, a) in many ? NpzReader.Read(source) : [("", NpyReader.Read(source))])
            Console.Out.WriteLine($"{source.Name}{(many ? $", array '{name}'" : "")}: NPY {string.Join("×", a.Shape)}, {a.Type}, from "
                + $"{Text.Number(a.Values.Min())} to {Text.Number(a.Values.Max())}");
    }

    static void Print(ModelFile m, string path)
    {
        Console.Out.WriteLine($"{path}: {m.Model} model of {m.Target}" + (m.Classes is { } c ? $" (classes {string.Join(", ", c)})" : ""));
        Console.Out.WriteLine($"{"Data",-13}{m.Data.Source}, {Text.Plural(m.Data.Rows, "row")}, {Text.Count(m.Data.Columns)} features, "
            + $"fingerprint {m.Data.Fingerprint[..16]}…");
        Console.Out.WriteLine($"{"Method",-13}{m.Options.Method}: {m.Options.Recursion}");
        Console.Out.WriteLine($"{"Penalty",-13}λ = {Text.Number(m.Options.L2)}, λ₁ = {Text.Number(m.Options.L1)}");
        if (m.Certificate is { } certificate)
        {
            Console.Out.WriteLine($"{"Objective",-13}F = {Text.Number(certificate.Objective, "G10")}, ‖∇F‖ = "
                + $"{Text.Number(certificate.GradientNorm, "G4")}");
            string proved = certificate.Gap is { } g ? $"F(w) − F* ≤ {Text.AtMost(g)}, by {certificate.How}" : certificate.How;
            Console.Out.WriteLine($"{"Certificate",-13}{proved}");
        }
        Console.Out.WriteLine($"{"Outcome",-13}{m.Outcome}");
        if (m.Formula is { } formula) Console.Out.WriteLine($"{"Formula",-13}{Shown.Line(formula.Text)}");
        Console.Out.WriteLine($"{"Command",-13}{m.Options.Command}\n");
        if (m.Network is { } net)
        {
            Console.Out.WriteLine($"{"Network",-13}{net.Build().Description}, weights in {net.Weights}");
            return;
        }
        List<IReadOnlyList<string>> rows = [];
        bool thresholds = ModelFamilies.Of(m.Model).HasThresholds;
        for (int k = 0; k < m.Weights.Length; k++)
        {
            if (thresholds && k > 0) break;
            string prefix = thresholds ? "" : m.Weights.Length > 1 ? m.Classes![k + (m.HasReferenceClass ? 1 : 0)] + ": " : "";
            if (m.Intercepts is { } b && !thresholds) rows.Add([prefix + "(Intercept)", Text.Figure(b[k])]);
            for (int j = 0; j < m.Features.Count && rows.Count < 60; j++)
                rows.Add([prefix + m.Features[j].Name, Text.Figure(m.Weights[k][j])]);
        }
        for (int k = 0; thresholds && k < m.Weights.Length; k++)
            rows.Add([$"{m.Classes![k]}|{m.Classes[k + 1]}", Text.Figure(-m.Intercepts![k])]);
        Console.Out.Write(TextTable.Render(["", "estimate"], rows));
    }
}
