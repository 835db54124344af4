namespace Descent.Fitting;

/// <summary>A prediction and the ends of its interval, on the scale of the target.</summary>
/// <param name="Prediction">As <see cref="SavedModel.Predict(ReadOnlySpan{double})"/> gives it.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct PredictionInterval(double Prediction, double Low, double High);
