using Descent.Models.Networks;

namespace Descent.Cli.Fitting;

/// <summary>What the user asked of a network.</summary>
/// <param name="Hidden">Sizes of the hidden layers.</param>
/// <param name="Activation">What hidden units do.</param>
/// <param name="Initialisation">How weights are drawn.</param>
sealed record NetworkRequest(int[] Hidden, Activation Activation, Initialisation Initialisation);
