namespace Descent.Fitting.ModelFiles;

/// <summary>What the model was fitted on.</summary>
sealed record ModelData
{
    public required string Source { get; init; }

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    /// <summary>SHA-256 of features and labels as used.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How the data was read; absent in models of older versions.</summary>
    public ReadingContract? Reading { get; init; }
}
