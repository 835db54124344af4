namespace Descent.Data;

/// <summary>Pieces of messages.</summary>
static class Messages
{
    const int MostNames = 20, MostCharacters = 40;

    /// <summary>Names one after another, the first twenty of many.</summary>
    public static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames).Select(Shorten)) + (names.Count > MostNames ? $", … ({names.Count} in all)" : "");

    public static string Shorten(string text) => Shorten(text.AsSpan());

    public static string Shorten(ReadOnlySpan<char> text) => text.Length <= MostCharacters ? text.ToString()
        : string.Concat(text[..MostCharacters], "…");
}
