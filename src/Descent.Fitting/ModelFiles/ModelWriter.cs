using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Descent.Runs;

namespace Descent.Fitting.ModelFiles;

/// <summary>Makes the model file of a fit.</summary>
static class ModelWriter
{
    public static ModelFile Of(FitResult fit)
    {
        int d = fit.Data.Columns, k = fit.Outputs;
        Certificate c = fit.Certificate;
        return new ModelFile
        {
            Model = fit.Data.Model,
            Target = fit.Data.Target,
            Classes = fit.Data.Classes,
            HasReferenceClass = fit.HasReference,
            Tau = fit.Data.Model == "quantile" ? fit.Request.Tau : null,
            Delta = fit.Data.Model == "huber" ? fit.Request.Delta : null,
            Features = [.. fit.Data.Features.Select(f => new ModelFeature { Name = f.Name, Column = f.Index < 0 ? f.Column : null, Level = f.Level, Index = f.Index < 0 ? null : f.Index })],
            Levels = fit.Data.Levels.Count == 0 ? null : new Dictionary<string, IReadOnlyList<string>>(fit.Data.Levels),
            IdxScale = fit.Data.IdxScale,
            Weights = [.. Enumerable.Range(0, k).Select(i => fit.Parameters.AsSpan(i * d, d).ToArray())],
            Intercepts = fit.Request.NoIntercept ? null : fit.Parameters.AsSpan(k * d, k).ToArray(),
            Options = new ModelOptions
            {
                Method = fit.Plan.Method,
                Recursion = fit.Plan.Recursion,
                L2 = fit.L2,
                L1 = fit.Request.L1,
                Seed = fit.Request.Seed,
                Scaling = fit.ScalingNote,
                ScalingMeans = fit.Scaling?.Means,
                ScalingDeviations = fit.Scaling?.Deviations,
                Command = fit.Request.CommandLine,
            },
            Data = new ModelData { Source = fit.Data.Source, Rows = fit.Data.Count, Columns = d, Fingerprint = Fingerprint(fit.Data), Reading = fit.Data.Reading },
            Certificate = new ModelCertificate
            {
                Objective = c.Value,
                GradientNorm = c.GradientNorm,
                Gap = double.IsFinite(c.Gap) ? c.Gap : null,
                RelativeGap = double.IsFinite(c.RelativeGap) ? c.RelativeGap : null,
                How = c.Sentence,
            },
            Outcome = fit.Run.Outcome.Sentence,
        };
    }

    public static ModelFile Of(NetworkFit fit, string scaling, string weights, string digest) => new()
    {
        Model = fit.Data.Classes is null ? "linear" : "softmax",
        Target = fit.Data.Target,
        Classes = fit.Data.Classes,
        Features = [.. fit.Data.Features.Select(f => new ModelFeature { Name = f.Name, Column = f.Index < 0 ? f.Column : null, Level = f.Level, Index = f.Index < 0 ? null : f.Index })],
        Levels = fit.Data.Levels.Count == 0 ? null : new Dictionary<string, IReadOnlyList<string>>(fit.Data.Levels),
        IdxScale = fit.Data.IdxScale,
        Weights = [],
        Network = NetworkModel.Of(fit, weights, digest),
        Options = new ModelOptions { Method = fit.Method, Recursion = fit.Recursion, L2 = fit.L2, L1 = 0, Seed = fit.Request.Seed, Scaling = scaling, Command = fit.Request.CommandLine },
        Data = new ModelData { Source = fit.Data.Source, Rows = fit.Data.Count, Columns = fit.Data.Columns, Fingerprint = Fingerprint(fit.Data), Reading = fit.Data.Reading },
        Outcome = fit.Run.Outcome.Sentence,
    };

    static string Fingerprint(LoadedData data)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, data.Labels);
        if (data.Dense is { } x) Append(hash, x);
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
    static void Append(IncrementalHash hash, ReadOnlySpan<double> x)
    {
        for (int at = 0; at < x.Length; at += 1 << 24) hash.AppendData(MemoryMarshal.AsBytes(x.Slice(at, Math.Min(1 << 24, x.Length - at))));
    }
}
