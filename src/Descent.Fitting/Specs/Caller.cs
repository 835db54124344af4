using Descent.Diagnosis;

namespace Descent.Fitting;

/// <summary>
/// Who asks for a fit, in words by which it can be repeated; the model file, the report and the doctor's remedies quote them.
/// </summary>
public abstract class Caller
{
    /// <summary>A caller that says this of itself.</summary>
    protected Caller(string text) => Text = text;

    /// <summary>A program.</summary>
    public static Caller Program { get; } = new ProgramCaller("a program");

    /// <summary>The words.</summary>
    public string Text { get; }

    /// <summary>The words with settings changed.</summary>
    public abstract Caller With(IReadOnlyList<SettingChange> changes);

    sealed class ProgramCaller(string text) : Caller(text)
    {
        public override Caller With(IReadOnlyList<SettingChange> changes)
        {
            ArgumentNullException.ThrowIfNull(changes);
            return changes.Count == 0 ? this : new ProgramCaller(Text + " with " + string.Join(", ", changes.Select(Words)));
        }

        static string Words(SettingChange c) => c.Value is null ? $"{c.Setting} left out" : c.Value.Length == 0 ? c.Setting
            : $"{c.Setting} = {c.Value}";
    }
}
