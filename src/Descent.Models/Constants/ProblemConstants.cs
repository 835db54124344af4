namespace Descent.Models.Constants;

/// <summary>The constants that step sizes and certificates use.</summary>
/// <param name="Smoothness">H of the objective: ‖∇²F‖ ≤ H (an estimate where noted).</param>
/// <param name="SampleSmoothness">The same for the worst single example.</param>
/// <param name="StrongConvexity">μ ≥ 0 that is certain: the smallest penalty λⱼ.</param>
/// <param name="Origin">How the smoothness was obtained.</param>
public sealed record ProblemConstants(double Smoothness, double SampleSmoothness, double StrongConvexity, string Origin);
