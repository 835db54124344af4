namespace Descent.Fitting.Proofs;

/// <summary>How the data was read, and what was in it.</summary>
sealed record ProofReading
{
    /// <summary>table or libsvm.</summary>
    public required string Format { get; init; }

    public string? Separator { get; init; }

    public bool? Header { get; init; }

    /// <summary>Lines before the header, or before the first row where there is none.</summary>
    public int SkipLines { get; init; }

    /// <summary>The sign before the decimals where it is not a point.</summary>
    public string? DecimalSign { get; init; }

    /// <summary>Words for a missing value beside the usual ones.</summary>
    public IReadOnlyList<string>? MissingWords { get; init; }

    /// <summary>utf-16 or latin1; absent for UTF-8.</summary>
    public string? Encoding { get; init; }

    public required string Missing { get; init; }

    public required string OnBadRow { get; init; }

    public bool? ZeroBased { get; init; }

    /// <summary>Rows read that weigh something: rows of weight 0 are left out as they are read.</summary>
    public required int Rows { get; init; }

    /// <summary>Numbers, from 0, of the rows read that the objective is about; absent for all.</summary>
    public int[]? Train { get; init; }

    /// <summary>Columns read of a table.</summary>
    public IReadOnlyList<ProofColumn>? Columns { get; init; }

    /// <summary>Digest of LIBSVM rows.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>One column that was read.</summary>
/// <param name="Name">Name.</param>
/// <param name="Index">Position in the file, from 0.</param>
/// <param name="Kind">number or text.</param>
/// <param name="Sha256">Of the numbers as little-endian doubles, or of the texts in UTF-8, each ended by a line feed; of the rows read;
/// texts that are numbers in one spelling (1 for 1.0 and 01).</param>
sealed record ProofColumn(string Name, int Index, string Kind, string Sha256);
