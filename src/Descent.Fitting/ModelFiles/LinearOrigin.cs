namespace Descent.Fitting.ModelFiles;

/// <summary>What a linear model's file tells beside its weights.</summary>
/// <param name="Spec">The request.</param>
/// <param name="Data">The data, with the names of classes and features.</param>
/// <param name="Method">The method, by its catalogue name.</param>
/// <param name="Recursion">Its recursion.</param>
/// <param name="Outputs">Weight vectors K.</param>
/// <param name="HasReference">Whether the first class has no weights of its own.</param>
/// <param name="L2">Penalty λ.</param>
/// <param name="Scaling">Moved and divided columns; null when they were taken as they are.</param>
/// <param name="ScalingNote">The same in words.</param>
/// <param name="Covariance">That of the coefficients, or why there is none.</param>
sealed record LinearOrigin(FitSpec Spec, LoadedData Data, string Method, string Recursion, int Outputs, bool HasReference, double L2,
    Scaling? Scaling, string ScalingNote, ModelCovariance Covariance);
