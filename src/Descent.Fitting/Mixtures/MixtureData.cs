using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Descent.Fitting.Mixtures;

/// <summary>Rows ready for a mixture, and what was seen on the way.</summary>
sealed record MixtureData
{
    public required string Source { get; init; }

    /// <summary>Names of the d columns.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>n × d numbers, row-major, finite.</summary>
    public required double[] Values { get; init; }

    /// <summary>n.</summary>
    public int Count => Values.Length / Columns.Count;

    public int Skipped { get; init; }

    /// <summary>What was read, for the result.</summary>
    public required string Line { get; init; }

    /// <summary>What was assumed, left out or not used: said on the error stream.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How the data was read, for the model; null for arrays.</summary>
    public ReadingContract? Reading { get; init; }

    /// <summary>SHA-256 of the rows as used.</summary>
    public string Fingerprint()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        const int Piece = 1 << 24;
        for (int at = 0; at < Values.Length; at += Piece)
            hash.AppendData(MemoryMarshal.AsBytes(Values.AsSpan(at, Math.Min(Piece, Values.Length - at))));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
