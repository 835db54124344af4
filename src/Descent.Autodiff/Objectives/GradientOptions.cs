namespace Descent.Autodiff;

/// <summary>How gradients of a loss are computed.</summary>
public sealed record GradientOptions
{
    /// <summary>Whether losses are traced and run as plans.</summary>
    public Compilation Compile { get; init; }

    /// <summary>Whether small plans that run often are written as code, one loop over vectors of rows;
    /// otherwise, and where vectors have fewer than 512 bits, they go block by block, step by step. The bits are the same.</summary>
    public bool GeneratesCode { get; init; } = true;

    /// <summary>Threads that share large matrix products; null for the calling one alone. The bits are the same.</summary>
    public Workers? Workers { get; init; }
}
