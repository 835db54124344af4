namespace Descent.Fitting.Online;

/// <summary>What is known of a row once it was predicted and learnt from.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Prediction">What was predicted before.</param>
/// <param name="Entries">Its entries.</param>
/// <param name="Loss">Its loss before.</param>
readonly record struct OnlineRow(double Label, double Prediction, int Entries, double Loss);
