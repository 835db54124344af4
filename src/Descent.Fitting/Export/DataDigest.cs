using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Descent.Fitting.Export;

/// <summary>SHA-256 over what a fit sees of its data: sizes, names of the columns, labels, weights and every number of the rows. The order
/// of rows counts; paths and dates do not.</summary>
static class DataDigest
{
    /// <summary>64 hexadecimal digits. One pass over the data; no memory.</summary>
    public static string Of(LoadedData data)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Number(hash, data.Count);
        Number(hash, data.Columns);
        foreach (FeatureSource f in data.Features) Word(hash, f.Name);
        foreach (string c in data.Classes ?? []) Word(hash, c);
        hash.AppendData(MemoryMarshal.AsBytes(data.Labels.AsSpan()));
        Number(hash, data.Weights?.Length ?? -1);
        hash.AppendData(MemoryMarshal.AsBytes(data.Weights.AsSpan()));
        if (data.Offsets is { } offsets) hash.AppendData(MemoryMarshal.AsBytes(offsets.AsSpan()));
        Number(hash, data.Sparse is null ? 0 : 1);
        if (data.Sparse is { } rows) Rows(hash, rows);
        else Whole(hash, data.Dense);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void Rows(IncrementalHash hash, CsrRows<double> rows)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            Number(hash, rows.EntriesOf(i));
            hash.AppendData(MemoryMarshal.AsBytes(rows.IndicesOf(i)));
            hash.AppendData(MemoryMarshal.AsBytes(rows.ValuesOf(i)));
        }
    }

    // A span of bytes holds at most 2³¹ − 1.
    static void Whole(IncrementalHash hash, double[]? dense)
    {
        const int Part = 1 << 24;
        for (int at = 0; at < (dense?.Length ?? 0); at += Part)
            hash.AppendData(MemoryMarshal.AsBytes(dense.AsSpan(at, Math.Min(Part, dense!.Length - at))));
    }

    static void Word(IncrementalHash hash, string word)
    {
        Number(hash, word.Length);
        hash.AppendData(MemoryMarshal.AsBytes(word.AsSpan()));
    }

    static void Number(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
