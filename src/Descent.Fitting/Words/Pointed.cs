namespace Descent.Fitting.Words;

/// <summary>Faults that point at a place of a text that was given.</summary>
static class Pointed
{
    const int Window = 100;

    /// <summary>A fault with the text and marks under the characters from one to before another.</summary>
    public static FitException At(string text, int from, int end, string sentence) =>
        new(sentence) { Pointer = Mark(text, Math.Clamp(from, 0, text.Length), end) };

    // A long text is shown around the place; what a terminal would obey is shown as it is written, and the marks keep step with it.
    static string Mark(string text, int from, int end)
    {
        int start = text.Length <= Window ? 0 : Math.Clamp(from - (Window / 2), 0, text.Length - Window),
            stop = Math.Min(text.Length, start + Window);
        string before = (start > 0 ? "…" : "") + Shown.Line(text[start..from]),
            marked = Shown.Line(text[from..Math.Clamp(end, from, stop)]);
        return before + marked + Shown.Line(text[Math.Clamp(end, from, stop)..stop]) + (stop < text.Length ? "…" : "") + "\n"
            + new string(' ', before.Length) + new string('^', Math.Max(1, marked.Length));
    }
}
