using System.Text.Json;
using System.Text.Json.Serialization;
using Descent.Data;
using Descent.Data.Files;

namespace Descent.Fitting.ModelFiles;

/// <summary>
/// The readable model file: names, coefficients on the original scale, options, data fingerprint, certificate. docs/model-file.md
/// describes
/// it.
/// </summary>
sealed record ModelFile
{
    public const string Kind = "descent-model";

    /// <summary>
    /// The newest version, which has factors of pairs of columns. What has none is written as version 4 with words of texts, as version 3
    /// with a formula or an offset, and as version 2 without. Version 1 did not bind a network to the digest of its weights.
    /// </summary>
    public const int Current = 5;

    /// <summary>The version that brought factors.</summary>
    public const int FactorsOfColumns = 5;

    /// <summary>The version that brought words of texts.</summary>
    public const int Texts = 4;

    /// <summary>The version that brought formulas and offsets.</summary>
    public const int Formulas = 3;

    const string Expected = "a model written by 'descent fit … `Save = MODEL`'";

    public string Format { get; init; } = Kind;

    /// <summary>The least version that says all there is.</summary>
    public int Version { get; init; } = Formulas - 1;

    public required string Model { get; init; }

    public required string Target { get; init; }

    public IReadOnlyList<string>? Classes { get; init; }

    public bool HasReferenceClass { get; init; }

    public double? Tau { get; init; }

    public double? Delta { get; init; }

    /// <summary>α of negative binomial counts.</summary>
    public double? Alpha { get; init; }

    /// <summary>p of a Tweedie variance.</summary>
    public double? Power { get; init; }

    /// <summary>The column that says which times end with an event; null for other targets.</summary>
    public string? Event { get; init; }

    /// <summary>The column that makes the target's counts successes among trials; null for other targets.</summary>
    public TrialSource? Trials { get; init; }

    public required IReadOnlyList<ModelFeature> Features { get; init; }

    public Dictionary<string, IReadOnlyList<string>>? Levels { get; init; }

    /// <summary>How columns of text were hashed; null without any.</summary>
    public TextContract? Text { get; init; }

    // Set, not init: a serialiser made at build time would make it 0 where a file lacks it.
    public double IdxScale { get; set; } = 1;

    /// <summary>One vector an output, in the order of the features, on the scale of the data.</summary>
    public required double[][] Weights { get; init; }

    public double[]? Intercepts { get; init; }

    /// <summary>K vectors of a factorisation machine, each a number a feature; null for other models.</summary>
    public double[][]? Factors { get; init; }

    /// <summary>The columns that are added to the margin without a coefficient; null for none.</summary>
    public OffsetSource? Offset { get; init; }

    /// <summary>The formula that makes the features of columns; null where columns are the features.</summary>
    public ModelFormula? Formula { get; init; }

    /// <summary>The same, checked and ready for rows.</summary>
    [JsonIgnore]
    public LearnedFormula? Terms { get; init; }

    /// <summary>The network, when the model is one; then there are no weight vectors here.</summary>
    public NetworkModel? Network { get; init; }

    public required ModelOptions Options { get; init; }

    public required ModelData Data { get; init; }

    public ModelCertificate? Certificate { get; init; }

    /// <summary>What intervals need; null in files of an older program.</summary>
    public ModelCovariance? Covariance { get; init; }

    public required string Outcome { get; init; }

    /// <summary>Reads and checks a model file.</summary>
    /// <exception cref="DataException">It is none, or is damaged; one sentence says what is wrong where.</exception>
    public static ModelFile Load(string path) => Parse(Read(path), path);

    /// <summary>The bytes of a file that should be a model.</summary>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static byte[] Read(string path) => InputFile.ReadAll(path, Expected);

    /// <summary>A model file that was read; its name is for messages.</summary>
    public static ModelFile Parse(ReadOnlySpan<byte> file, string path)
    {
        if (file.StartsWith("\uFEFF"u8)) file = file[3..];
        ModelFile model;
        try
        {
            ModelHead? head = JsonSerializer.Deserialize(file, ModelJson.Default.ModelHead);
            if (head?.Format != Kind)
                throw new DataException($"{path}: is not a model file. Expected JSON with \"format\": \"{Kind}\", as 'descent fit … "
                    + $"`Save = MODEL`' writes it.");
            if (head.Version is < 1 or > Current)
                throw new DataException($"{path}: the model file has version {head.Version}; this program reads versions 1 to "
                    + $"{Current}. {(head.Version > Current ? "Use a newer descent." : "The file is damaged.")}");
            model = JsonSerializer.Deserialize(file, ModelJson.Default.ModelFile)!;
        }
        catch (JsonException e)
        {
            throw new DataException($"{path}{Place(e)}: is not a model file ({Reason(e)}). Expected {Expected}.", e);
        }
        ModelChecks.Require(model, path);
        model.Data.Reading?.Validate(path);
        if (model.Formula is { } formula) model = model with { Terms = formula.Bind(model, path) };
        ModelChecks.RequireCovariance(model, path);
        return model;
    }

    /// <summary>The file as bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ModelJson.Default.ModelFile);

    /// <summary>Weights and intercepts as one vector: K weight vectors, then K intercepts; then factors, where there are any.</summary>
    [JsonIgnore]
    public double[] Flat => [.. Weights.SelectMany(w => w), .. Intercepts ?? [], .. Factors?.SelectMany(v => v) ?? []];

    /// <summary>The number that the family has of its own; NaN where it has none.</summary>
    [JsonIgnore]
    public double Own => Tau ?? Delta ?? Alpha ?? Power ?? Factors?.Length ?? double.NaN;

    static string Place(JsonException e) => e.LineNumber is { } line ? $", line {line + 1}" : "";

    /// <summary>The reason alone: the type of this program that a value did not fit means nothing to a reader.</summary>
    internal static string Reason(JsonException e)
    {
        string text = e.Message.Split(" Path:")[0].Split(" LineNumber:")[0].TrimEnd('.');
        string at = e.Path is { Length: > 2 } p ? $"at {p[2..]}" : "";
        return text.Contains("Descent.", StringComparison.Ordinal) || text.Contains("System.", StringComparison.Ordinal)
            ? text.Contains("missing required", StringComparison.Ordinal) ? "missing: " + text[(text.LastIndexOf(':') + 1)..].Trim()
                : $"the value {at} is of another kind than expected"
            : text + (at.Length > 0 ? ", " + at : "");
    }
}
