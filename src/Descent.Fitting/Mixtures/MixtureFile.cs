using System.Text.Json;
using System.Text.Json.Serialization;
using Descent.Data;
using Descent.Data.Files;
using Descent.Mixtures;
using Descent.Mixtures.Search;
using Descent.Runs;

namespace Descent.Fitting.Mixtures;

/// <summary>The readable file of a mixture: family, columns, parameters, and how they came about. docs/mixtures.md describes it.</summary>
sealed record MixtureFile
{
    public const string Kind = "descent-mixture";

    public const int Current = 1;

    public string Format { get; init; } = Kind;

    public int Version { get; init; } = Current;

    public required string Family { get; init; }

    /// <summary>full, tied, diagonal or spherical; null for a family without shapes.</summary>
    public string? Covariance { get; init; }

    public required int Components { get; init; }

    /// <summary>Names of a row's numbers: the columns, then the target and the trials, where there are any.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The target of regressions.</summary>
    public string? Target { get; init; }

    /// <summary>The column of trials.</summary>
    public string? Trials { get; init; }

    /// <summary>The column whose values tell sequences apart.</summary>
    public string? Sequences { get; init; }

    /// <summary>The shares of the components, then by their names the numbers of each component.</summary>
    public required double[] Weights { get; init; }

    public required Dictionary<string, double[][]> Parameters { get; init; }

    public required double LogLikelihood { get; init; }

    public MixtureProof? Certificate { get; init; }

    public required MixtureOrigin Search { get; init; }

    public required ModelData Data { get; init; }

    public required string Outcome { get; init; }

    public static MixtureFile Of(MixtureSpec spec, MixtureData data, int components, double[] theta, double logLikelihood, Outcome outcome,
        LocalCertificate? certificate) => new()
        {
            Family = spec.Family.Name,
            Covariance = spec.Family.HasShapes ? MixtureWords.Of(spec.Covariance) : null,
            Components = components,
            Columns = data.RowColumns,
            Target = data.Target,
            Trials = data.TrialsColumn,
            Sequences = data.SequenceColumn,
            Weights = spec.Family.HasShares ? theta[..components] : [],
            Parameters = spec.Family.Split(theta, components, data.Columns.Count),
            LogLikelihood = logLikelihood,
            Certificate = certificate is null ? null
                : MixtureProof.Of(certificate, spec.Family.Quantities(data.Columns, components, spec.Covariance,
                    certificate.Quantities.Count), spec.Search.Supplemented),
            Search = MixtureOrigin.Of(spec),
            Data = new ModelData
            {
                Source = data.Source,
                Rows = data.Count,
                Columns = data.Columns.Count,
                Fingerprint = data.Fingerprint(),
                Reading = data.Reading,
            },
            Outcome = outcome.Sentence,
        };

    /// <summary>Whether a file that was read says that it is a mixture.</summary>
    public static bool Is(ReadOnlySpan<byte> file)
    {
        try
        {
            return JsonSerializer.Deserialize(Plain(file), ModelJson.Default.ModelHead)?.Format == Kind;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A file that was read; its name is for messages.</summary>
    /// <exception cref="DataException">It is no mixture, or is damaged; one sentence says what is wrong where.</exception>
    public static MixtureFile Parse(ReadOnlySpan<byte> file, string path)
    {
        const string Expected = "a mixture written by 'descent mixture … `Save = MODEL`'";
        MixtureFile model;
        try
        {
            ModelHead? head = JsonSerializer.Deserialize(Plain(file), ModelJson.Default.ModelHead);
            if (head?.Format != Kind) throw new DataException($"{path}: is not the file of a mixture. Expected {Expected}.");
            if (head.Version != Current)
                throw new DataException($"{path}: the file has version {head.Version}; this program reads version {Current}. "
                    + (head.Version > Current ? "Use a newer descent." : "The file is damaged."));
            model = JsonSerializer.Deserialize(Plain(file), MixtureFileJson.Default.MixtureFile)!;
        }
        catch (JsonException e)
        {
            throw new DataException($"{path}: is not the file of a mixture ({ModelFile.Reason(e)}). Expected {Expected}.", e);
        }
        MixtureChecks.Require(model, path);
        model.Data.Reading?.Validate(path);
        return model;
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, MixtureFileJson.Default.MixtureFile);

    /// <summary>Columns that are neither target nor trials, d.</summary>
    [JsonIgnore]
    public int Features => Columns.Count - (Target is null ? 0 : 1) - (Trials is null ? 0 : 1);

    /// <summary>θ in the layout of the family.</summary>
    public double[] Theta(MixtureFamily family) => family.Join(Weights, Parameters, Features);

    static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> file) => file.StartsWith("\uFEFF"u8) ? file[3..] : file;
}
