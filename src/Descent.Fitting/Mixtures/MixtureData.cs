using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Descent.Data.Files;

namespace Descent.Fitting.Mixtures;

/// <summary>Rows ready for a mixture, and what was seen on the way.</summary>
sealed record MixtureData
{
    public required string Source { get; init; }

    /// <summary>Names of the d columns that are modelled, or for regressions those of x.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Name of the target of regressions; null without one.</summary>
    public string? Target { get; init; }

    /// <summary>y of each row; empty without a target.</summary>
    public double[] Targets { get; init; } = [];

    /// <summary>Name of the column of trials; null for one trial a row.</summary>
    public string? TrialsColumn { get; init; }

    /// <summary>Trials of each row; empty for one a row.</summary>
    public double[] Trials { get; init; } = [];

    /// <summary>A weight for each row; empty for ones.</summary>
    public double[] Weights { get; init; } = [];

    /// <summary>Name of the column that tells sequences apart; null for one sequence.</summary>
    public string? SequenceColumn { get; init; }

    /// <summary>Lengths of the sequences, one after the other; empty for one of all rows.</summary>
    public int[] Lengths { get; init; } = [];

    /// <summary>Row i.</summary>
    public ReadOnlySpan<double> Row(int i) => Values.Span((long)i * Columns.Count, Columns.Count);

    /// <summary>n × d numbers, row-major, finite; in a file where memory has no room for them.</summary>
    public required Slab<double> Values { get; init; }

    /// <summary>The same for families that hold all rows.</summary>
    public double[] Held => Values.Array ?? throw new InvalidOperationException("Rows in a file are for families that read them there.");

    /// <summary>n.</summary>
    public int Count => (int)(Values.Length / Columns.Count);

    /// <summary>Bytes of the values.</summary>
    public double Bytes => (double)Values.Length * sizeof(double);

    /// <summary>Whether the rows go beyond a limit that the user named: passes then visit them block after block.</summary>
    public bool IsOutOfCore => Room.Exceeds(Bytes);

    /// <summary>Names of the numbers of a row to come: columns, target, trials.</summary>
    public IReadOnlyList<string> RowColumns => [.. Columns, .. new[] { Target, TrialsColumn }.OfType<string>()];

    public int Skipped { get; init; }

    /// <summary>The number of a row in the data, from 1, rows that were left out counted; null where all are here.</summary>
    internal Func<int, int>? RowNumber { get; init; }

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
        foreach (Slab<double> part in (Slab<double>[])[Values, Targets, Trials, Weights])
            for (long at = 0; at < part.Length; at += Piece)
                hash.AppendData(MemoryMarshal.AsBytes(part.Span(at, (int)Math.Min(Piece, part.Length - at))));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
