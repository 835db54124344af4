namespace Descent.Diagnosis;

/// <summary>An option of the command line to be set; a null value takes it away.</summary>
/// <param name="Option">The option, with its dashes.</param>
/// <param name="Value">Its value; empty for a switch.</param>
public sealed record OptionChange(string Option, string? Value);
