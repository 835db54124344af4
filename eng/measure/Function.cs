namespace Descent.Measure;

/// <summary>One function: where it stands, from its first to its last line, and how many parameters it takes.</summary>
sealed record Function(string Name, int Lines, int Parameters);
