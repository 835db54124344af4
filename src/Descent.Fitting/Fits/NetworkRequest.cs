using Descent.Autodiff.Networks;

namespace Descent.Fitting.Fits;

/// <summary>What the user asked of a network.</summary>
/// <param name="Kind">mlp or cnn.</param>
/// <param name="Hidden">Sizes of the hidden layers, or numbers of filters.</param>
/// <param name="Activation">What hidden units do.</param>
/// <param name="Initialisation">How weights are drawn.</param>
/// <param name="Curvature">Whether the curvature at the end is measured whatever it costs.</param>
sealed record NetworkRequest(string Kind, int[] Hidden, Activation Activation, Initialisation Initialisation, bool Curvature);
