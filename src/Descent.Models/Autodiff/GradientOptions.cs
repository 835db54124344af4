namespace Descent.Models.Autodiff;

/// <summary>How gradients of a loss are computed.</summary>
public sealed record GradientOptions
{
    /// <summary>Whether losses are traced and run as plans.</summary>
    public Compilation Compile { get; init; }

    /// <summary>Threads that share large matrix products; null for the calling one alone. The bits are the same.</summary>
    public Workers? Workers { get; init; }
}
