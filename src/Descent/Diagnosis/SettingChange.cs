namespace Descent.Diagnosis;

/// <summary>A setting of a fit to be changed; a null value takes it back to its default.</summary>
/// <param name="Setting">The setting by its name in programs: StepSize, Schedule, L2, …</param>
/// <param name="Value">Its value as text; empty for a switch that is turned on.</param>
public sealed record SettingChange(string Setting, string? Value);
