using Descent.Autodiff.Networks;

namespace Descent.Fitting;

/// <summary>The network inside a loss, trained in single precision.</summary>
/// <param name="Kind">mlp or cnn.</param>
/// <param name="Hidden">Sizes of the hidden layers, or numbers of filters, each at least 1.</param>
public sealed record NetworkSpec(string Kind, IReadOnlyList<int> Hidden)
{
    /// <summary>What hidden units do.</summary>
    public Activation Activation { get; init; }

    /// <summary>How weights are drawn.</summary>
    public Initialisation Initialisation { get; init; }

    /// <summary>Whether the curvature at the end is measured whatever it costs (about 40 Hessian products).</summary>
    public bool Curvature { get; init; }

    internal IEnumerable<string> Faults()
    {
        if (Kind is not ("mlp" or "cnn")) yield return $"`Network.Kind` is '{Kind}'; expected mlp or cnn.";
        if (Hidden.Any(h => h is < 1 or > 1_000_000))
            yield return "`Hidden` holds a size below 1 or above a million; expected sizes of layers, as in 128 or 64,32.";
        if (Kind == "cnn" && Activation != Activation.Relu)
            yield return "`Activation` means nothing to `Family = cnn`, whose units are rectified.";
    }
}
