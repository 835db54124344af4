namespace Descent.Fitting.Specs;

/// <summary>Options that do not fit together or the data; the message says what to type instead.</summary>
sealed class UsageException(string message) : Exception(message);
