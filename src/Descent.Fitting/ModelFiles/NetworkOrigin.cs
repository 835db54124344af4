using Descent.Autodiff.Networks;

namespace Descent.Fitting.ModelFiles;

/// <summary>What a network's model file tells beside its weights.</summary>
/// <param name="Spec">The request.</param>
/// <param name="Data">The data, with the names of classes and features.</param>
/// <param name="Network">Layers and layout of the weights.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Recursion">Its recursion.</param>
/// <param name="L2">Penalty λ.</param>
/// <param name="Scaling">Moved and divided columns; null when they were taken as they are.</param>
/// <param name="ScalingNote">The same in words.</param>
sealed record NetworkOrigin(FitSpec Spec, LoadedData Data, INetwork Network, string Method, string Recursion, double L2, Scaling? Scaling,
    string ScalingNote);
