using Descent.Cli.Sources;
using Descent.Data;
using Descent.Diagnosis;
using Descent.Fitting;
using Descent.Fitting.Mixtures;

namespace Descent.Fuzz;

/// <summary>The loaders, each with what is done next with what it accepts.</summary>
static class Loaders
{
    static readonly Dictionary<string, Action<byte[], string>> all = new(StringComparer.Ordinal)
    {
        ["csv"] = OfFile(file => CsvReader.Read([file])),
        ["jsonl"] = OfFile(file => Uses.Of(JsonLinesReader.Read([DataSource.Open(file)]))),
        ["libsvm"] = OfFile(file => LibsvmReader.Read<double>([file])),
        ["vw"] = OfFile(file => VwReader.Read([DataSource.Open(file)], new VwOptions { HashBits = 10 })),
        ["idx"] = OfFile(file => IdxReader.Read(file)),
        ["npy"] = OfFile(file => NpyReader.Read(file)),
        ["npz"] = OfFile(file => NpzReader.Read(file)),
        ["safetensors"] = (input, _) => Safetensors.Parse(input, "input"),
        ["parquet"] = OfFile(file => Uses.Of(ParquetForm.Instance, file)),
        ["arrow"] = OfFile(file => Uses.Of(ArrowForm.Instance, file)),
        ["packed"] = Packed.Run,
        ["cache"] = Caches.Run,
        ["checkpoint"] = CheckpointRuns.Run,
        ["model"] = (input, _) => Uses.Of(ModelFile.Parse(input, "input")),
        ["online"] = (input, _) => Uses.OnRows(ModelFile.Parse(input, "input")),
        ["mixture"] = (input, _) => Uses.Of(new SavedMixture(MixtureFile.Parse(input, "input"))),
        ["history"] = (input, _) => Doctor.Examine(HistoryFile.Parse(input, "input")),
        ["formula"] = (input, _) => Texts.Formula(input),
        ["text"] = (input, _) => Texts.Words(input),
    };

    public static IReadOnlyList<string> Names { get; } = [.. all.Keys];

    /// <summary>Gives an input to a loader. The file is for loaders that read files; its content is replaced.</summary>
    public static void Run(string loader, byte[] input, string file) => all[loader](input, file);

    /// <summary>Whether an exception is one that the loaders promise: a sentence for the user.</summary>
    public static bool IsRefusal(Exception e) => e is DataException or FitException;

    static Action<byte[], string> OfFile(Action<string> read) => (input, file) =>
    {
        File.WriteAllBytes(file, input);
        read(file);
    };
}
