namespace Descent.Diagnosis;

/// <summary>Held-out mean loss at a trace point.</summary>
/// <param name="Epochs">When.</param>
/// <param name="Loss">Mean loss of the held-out rows.</param>
public sealed record HeldOutPoint(double Epochs, double Loss);
