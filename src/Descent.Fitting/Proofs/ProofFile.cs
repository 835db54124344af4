using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Descent.Data;
using Descent.Data.Files;

namespace Descent.Fitting.Proofs;

/// <summary>A proof as written: the data's fingerprint, the problem, the two points and the bound that they give.</summary>
sealed record ProofFile
{
    public const string Kind = "descent-proof";

    public string Format { get; init; } = Kind;

    public int Version { get; init; } = 1;

    /// <summary>What is proved, in words.</summary>
    public required string Statement { get; init; }

    public required ProofReading Data { get; init; }

    public required ProofTerms Problem { get; init; }

    /// <summary>F at the primal point, to 17 digits.</summary>
    public required string Objective { get; init; }

    /// <summary>B with F(w) − inf F ≤ B, to four digits, rounded up.</summary>
    public required string Bound { get; init; }

    /// <summary>What rounding up has added at most: the gap of the two points is above B less this.</summary>
    public required string Allowance { get; init; }

    /// <summary>SHA-256 of the two points as little-endian doubles: a change too small to show in the bound is seen all the same.</summary>
    public required ProofDigests Digests { get; init; }

    /// <summary>Factor in (0, 1] on the dual point.</summary>
    public required double Shrink { get; init; }

    /// <summary>Weight vectors, then intercepts.</summary>
    public required double[] Primal { get; init; }

    /// <summary>Example after example: probabilities of the classes other than its own, or the slope of the loss.</summary>
    public required double[] Dual { get; init; }

    public static ProofFile Load(string path)
    {
        byte[] file = InputFile.ReadAll(path, "a proof written by 'descent fit … `Proof = FILE`'");
        try
        {
            ProofFile? proof = JsonSerializer.Deserialize(file, ProofJson.Default.ProofFile);
            if (proof?.Format != Kind)
                throw new DataException($"{path}: is not a proof. Expected JSON with \"format\": \"{Kind}\", as 'descent fit … `Proof "
                    + $"= FILE`' writes it.");
            if (proof.Version != 1)
                throw new DataException($"{path}: the proof has version {proof.Version}; this program reads version 1. Use a newer "
                    + $"descent.");
            return proof;
        }
        catch (JsonException e)
        {
            throw new DataException($"{path}: is not a proof ({e.Message.TrimEnd('.')}). Expected JSON as 'descent fit … `Proof = "
                + $"FILE`' writes it.", e);
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ProofJson.Default.ProofFile);
}

/// <summary>Digests of the two points.</summary>
sealed record ProofDigests(string Primal, string Dual)
{
    public static ProofDigests Of(double[] primal, double[] dual) => new(Of(primal), Of(dual));

    static string Of(double[] point) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<double>(point)));
}

/// <summary>
/// Serialisers made at build time. Arrays of numbers keep to one line a number, so that two proofs can be compared line by line.
/// </summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ProofFile))]
sealed partial class ProofJson : JsonSerializerContext;
