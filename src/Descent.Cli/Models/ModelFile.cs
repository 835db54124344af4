using System.Text.Json;
using System.Text.Json.Serialization;
using Descent.Data;

namespace Descent.Cli.Models;

/// <summary>The readable model file: names, coefficients on the original scale, options, data fingerprint, certificate.</summary>
sealed record ModelFile
{
    public const string Kind = "descent-model";

    public string Format { get; init; } = Kind;

    public int Version { get; init; } = 1;

    public required string Model { get; init; }

    public required string Target { get; init; }

    public IReadOnlyList<string>? Classes { get; init; }

    public bool HasReferenceClass { get; init; }

    public double? Tau { get; init; }

    public double? Delta { get; init; }

    public required IReadOnlyList<ModelFeature> Features { get; init; }

    public Dictionary<string, IReadOnlyList<string>>? Levels { get; init; }

    public double IdxScale { get; init; } = 1;

    /// <summary>One vector an output, in the order of the features, on the scale of the data.</summary>
    public required double[][] Weights { get; init; }

    public double[]? Intercepts { get; init; }

    /// <summary>The network, when the model is one; then there are no weight vectors here.</summary>
    public NetworkModel? Network { get; init; }

    public required ModelOptions Options { get; init; }

    public required ModelData Data { get; init; }

    public ModelCertificate? Certificate { get; init; }

    public required string Outcome { get; init; }

    public static ModelFile Load(string path)
    {
        if (Directory.Exists(path)) throw new DataException($"{path}: is a directory; expected a model file.");
        if (!File.Exists(path)) throw new DataException($"{path}: no such file. Expected a model written by 'descent fit … --out MODEL'.");
        try
        {
            ModelFile? model = JsonSerializer.Deserialize(File.ReadAllBytes(path), ModelJson.Default.ModelFile);
            if (model?.Format != Kind) throw new DataException($"{path}: is not a model file. Expected JSON with \"format\": \"{Kind}\", as 'descent fit … --out MODEL' writes it.");
            if (model.Version > 1) throw new DataException($"{path}: the model file has version {model.Version}; this program reads version 1. Use a newer descent.");
            if (model.Network is null && (model.Weights.Length == 0 || model.Weights.Any(w => w.Length != model.Features.Count)))
                throw new DataException($"{path}: the model has {model.Features.Count} features, but its weight vectors have other lengths. The file is damaged.");
            model.Data.Reading?.Validate(path);
            return model;
        }
        catch (JsonException e)
        {
            throw new DataException($"{path}: is not a model file ({e.Message.TrimEnd('.')}). Expected JSON as 'descent fit … --out MODEL' writes it.", e);
        }
    }

    public void Save(string path)
    {
        // Written beside and renamed, so that a crash leaves the old file or the new one.
        string part = path + ".part";
        File.WriteAllBytes(part, JsonSerializer.SerializeToUtf8Bytes(this, ModelJson.Default.ModelFile));
        File.Move(part, path, overwrite: true);
    }

    /// <summary>Weights and intercepts as one vector: K weight vectors, then K intercepts.</summary>
    [JsonIgnore]
    public double[] Flat => [.. Weights.SelectMany(w => w), .. Intercepts ?? []];
}
