namespace Descent.Data;

/// <summary>A field of a record: where its text lies in the buffer, without blanks around it and without its quotes.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Quote">The quote around it, which stands doubled inside; 0 without.</param>
readonly record struct CsvField(int Start, int Length, byte Quote)
{
    /// <summary>The field as text; bytes that are not UTF-8 throw.</summary>
    public string Text(byte[] data)
    {
        string text = CsvRecord.Strict.GetString(data, Start, Length);
        if (Quote == 0) return text;
        string quote = ((char)Quote).ToString();
        return text.Replace(quote + quote, quote, StringComparison.Ordinal);
    }
}
