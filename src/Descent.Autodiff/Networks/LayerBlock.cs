namespace Descent.Autodiff.Networks;

/// <summary>A block of parameters of a layer.</summary>
/// <param name="Name">Its name in the layer.</param>
/// <param name="Rows">Rows; 1 for a vector.</param>
/// <param name="Columns">Columns.</param>
/// <param name="IsWeight">Whether it is drawn at the start and penalised;
/// a bias starts at 0, a scale at 1, and neither is penalised.</param>
/// <param name="Start">Value at the start of what is not drawn.</param>
public sealed record LayerBlock(string Name, int Rows, int Columns, bool IsWeight = true, double Start = 0);
