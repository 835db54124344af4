namespace Descent.Fitting.ModelFiles;

/// <summary>What tells a model file from every other file: looked at before anything else is expected of it.</summary>
sealed record ModelHead
{
    public string? Format { get; init; }

    public int Version { get; init; }
}
