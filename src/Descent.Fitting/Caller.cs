using Descent.Diagnosis;

namespace Descent.Fitting;

/// <summary>Who asks for a fit, in words by which it can be repeated; the model file, the report and the doctor's remedies quote them.</summary>
public class Caller
{
    /// <summary>A caller that says this of itself.</summary>
    public Caller(string text) => Text = text;

    /// <summary>A program.</summary>
    public static Caller Program { get; } = new("a program");

    /// <summary>The words.</summary>
    public string Text { get; }

    /// <summary>The words with settings changed.</summary>
    public virtual Caller With(IReadOnlyList<SettingChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return changes.Count == 0 ? this : new(Text + " with " + string.Join(", ", changes.Select(c => c.Value is null ? $"{c.Setting} left out" : c.Value.Length == 0 ? c.Setting : $"{c.Setting} = {c.Value}")));
    }
}
