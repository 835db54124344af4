using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Descent.Runs;

namespace Descent.Fitting.ModelFiles;

/// <summary>Makes the model file of a fit.</summary>
static class ModelWriter
{
    /// <summary>
    /// The model of some parameters on the scale of the data; without a certificate nothing is said of them but how they came about.
    /// </summary>
    public static ModelFile Of(LinearOrigin from, double[] parameters, ModelCertificate? certificate, string outcome)
    {
        int d = from.Data.Columns, k = from.Outputs;
        return Head(from.Data, from.Data.Model, outcome) with
        {
            HasReferenceClass = from.HasReference,
            Tau = from.Data.Family.Own == FamilyNumber.Quantile ? from.Spec.Model.Tau : null,
            Delta = from.Data.Family.Own == FamilyNumber.Threshold ? from.Spec.Model.Delta : null,
            Alpha = from.Data.Family.Own == FamilyNumber.Overdispersion ? from.Spec.Model.OwnOf(from.Data.Family) : null,
            Power = from.Data.Family.Own == FamilyNumber.Power ? from.Spec.Model.OwnOf(from.Data.Family) : null,
            Weights = [.. Enumerable.Range(0, k).Select(i => parameters.AsSpan(i * d, d).ToArray())],
            Intercepts = !from.Spec.Model.Intercept ? null : parameters.AsSpan(k * d, k).ToArray(),
            Factors = from.Data.Family.Own != FamilyNumber.Rank ? null
                : [.. parameters[(k * (d + (from.Spec.Model.Intercept ? 1 : 0)))..].Chunk(Math.Max(1, d))],
            Options = new ModelOptions
            {
                Method = from.Method,
                Recursion = from.Recursion,
                L2 = from.L2,
                L1 = from.Spec.Model.L1,
                Seed = from.Spec.Seed,
                Scaling = from.ScalingNote,
                ScalingMeans = from.Scaling?.Means,
                ScalingDeviations = from.Scaling?.Deviations,
                Covariance = from.Spec.Data.Cluster is { } cluster ? $"cluster {cluster}"
                    : from.Spec.Model.Robust?.ToString().ToLowerInvariant(),
                Command = from.Spec.Caller.Text,
            },
            Certificate = certificate,
            Covariance = from.Covariance,
        };
    }

    public static ModelFile Of(NetworkOrigin from, string outcome, string weights, string digest) =>
        Head(from.Data, from.Data.Model, outcome) with
        {
            Network = NetworkModel.Of(from.Network, from.Scaling, weights, digest),
            Options = new ModelOptions
            {
                Method = from.Method,
                Recursion = from.Recursion,
                L2 = from.L2,
                L1 = 0,
                Seed = from.Spec.Seed,
                Scaling = from.ScalingNote,
                Command = from.Spec.Caller.Text
            },
        };

    static ModelFile Head(LoadedData data, string model, string outcome) => new()
    {
        Model = model,
        Target = data.Target,
        Classes = data.Classes,
        Features = [.. data.Features.Select(f =>
            new ModelFeature
            {
                Name = f.Name,
                Column = f.Index < 0 && f.Term is null ? f.Column : null,
                Level = f.Level,
                Hash = f.Hash,
                Idf = f.Idf,
                Index = f.Index < 0 ? null : f.Index,
            })],
        Version = VersionOf(data),
        Text = data.Text,
        Formula = data.Formula is null ? null : ModelFormula.Of(data.Formula),
        Terms = data.Formula,
        Offset = data.Offset,
        Trials = data.TrialSource,
        Event = data.Event,
        Levels = data.Levels.Count == 0 ? null : new Dictionary<string, IReadOnlyList<string>>(data.Levels),
        IdxScale = data.IdxScale,
        Weights = [],
        Options = new ModelOptions { Method = "", Recursion = "", L2 = 0, L1 = 0, Seed = 0, Scaling = "", Command = "" },
        Data = new ModelData
        {
            Source = data.Source,
            Rows = data.Count,
            Columns = data.Columns,
            Fingerprint = Fingerprint(data),
            Reading = data.Reading
        },
        Outcome = outcome,
    };

    static int VersionOf(LoadedData data) => data.Family.Own == FamilyNumber.Rank ? ModelFile.FactorsOfColumns
        : data.Text is not null ? ModelFile.Texts
        : data.Formula is null && data.Offset is null ? ModelFile.Formulas - 1 : ModelFile.Formulas;

    /// <summary>A certificate as the file holds it.</summary>
    public static ModelCertificate Certificate(Certificate c) => new()
    {
        Objective = c.Value,
        GradientNorm = c.GradientNorm,
        Gap = double.IsFinite(c.Gap) ? c.Gap : null,
        RelativeGap = double.IsFinite(c.RelativeGap) ? c.RelativeGap : null,
        How = c.Sentence,
    };

    static string Fingerprint(LoadedData data)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, data.Labels);
        if (data.Offsets is { } offsets) Append(hash, offsets);
        if (data.Dense is { } x)
            for (long at = 0; at < x.Length; at += Part) Append(hash, x.Span(at, (int)Math.Min(Part, x.Length - at)));
        if (data.Sparse is { } rows)
        {
            for (int i = 0; i < rows.Count; i++)
            {
                hash.AppendData(MemoryMarshal.AsBytes(rows.IndicesOf(i)));
                hash.AppendData(MemoryMarshal.AsBytes(rows.ValuesOf(i)));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // In pieces: the bytes of a large table are more than one span can count.
    const int Part = 1 << 24;

    static void Append(IncrementalHash hash, ReadOnlySpan<double> x)
    {
        for (int at = 0; at < x.Length; at += Part) hash.AppendData(MemoryMarshal.AsBytes(x.Slice(at, Math.Min(Part, x.Length - at))));
    }
}
