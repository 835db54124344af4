using System.Text;
using System.Text.Json;
using Descent.Data.Text;

namespace Descent.Data;

// One object, value by value.
sealed partial class JsonRows
{
    static readonly JsonReaderOptions strict = new() { CommentHandling = JsonCommentHandling.Disallow };

    // What is wrong with it; null when nothing is.
    string? Object(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, strict);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return Fault(json, 0, "an object, {\"name\": value, …}");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                long at = reader.TokenStartIndex;
                if (FieldOf(ref reader) is not { } field)
                {
                    reader.Skip();
                    continue;
                }
                if (field.Line == line) return Fault(json, at, $"a key once; '{Messages.Shorten(field.Name)}' stands twice");
                field.Line = line;
                reader.Read();
                if (field.Column is null) reader.Skip();
                else if (Value(json, ref reader, field, field.Column) is { } fault) return fault;
            }
            // Whatever follows the object is an error, which the reader throws.
            reader.Read();
            return null;
        }
        catch (JsonException e)
        {
            return Fault(json, e.BytePositionInLine ?? 0, "JSON, one object a line: texts in double quotes, numbers, true, false or null");
        }
        catch (InvalidOperationException)
        {
            return Fault(json, reader.TokenStartIndex, "a text of valid characters");
        }
    }

    // Null where the key came too late to be a column.
    JsonField? FieldOf(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<char> name = TextOf(ref reader);
        if (byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out JsonField? field)) return field;
        return rows < openRows ? Add(name.ToString()) : null;
    }

    string? Value(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, JsonField field, Column column)
    {
        long at = reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number:
                return Number(json, ref reader, field, column);
            case JsonTokenType.True or JsonTokenType.False:
                return Level(json, at, field, column, reader.TokenType == JsonTokenType.True ? "true" : "false");
            case JsonTokenType.String:
                return Level(json, at, field, column, TextOf(ref reader));
            default:
                return Fault(json, at, $"a number, a text, true, false or null for '{Messages.Shorten(field.Name)}'; objects and arrays "
                    + $"are no cells. Leave the column out with `Exclude = {field.Name}`, or flatten it");
        }
    }

    string? Number(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, JsonField field, Column column)
    {
        ReadOnlySpan<byte> digits = reader.ValueSpan;
        bool isNumber = NumberParser.TryParseAll(digits, out double value);
        if (isNumber && cells.IsMissing(value)) return null;
        if (column.Kind == ColumnKind.Open) column.BecomeNumbers(cells.IsPlain, rows);
        if (column.IsText)
        {
            if (!column.IsFixed) return Fault(json, reader.TokenStartIndex, Mixed(field, "a text"));
            return Store(field, column, Encoding.UTF8.GetString(digits));
        }
        if (!isNumber || !double.IsFinite(value)) return Fault(json, reader.TokenStartIndex, $"a finite number for '{field.Name}'");
        column.numbers[rows] = value;
        return Has(field);
    }

    string? Level(ReadOnlySpan<byte> json, long at, JsonField field, Column column, ReadOnlySpan<char> text)
    {
        if (cells.IsMissing(text)) return null;
        if (column.Kind == ColumnKind.Open) column.BecomeText();
        return column.IsText ? Store(field, column, text)
            : Fault(json, at, column.IsFixed ? $"a number for '{Messages.Shorten(field.Name)}'" : Mixed(field, "a number"));
    }

    string? Store(JsonField field, Column column, ReadOnlySpan<char> text)
    {
        column.codes[rows] = column.CodeOf(text, line);
        return Has(field);
    }

    string? Has(JsonField field)
    {
        field.HasValue = true;
        if (field.First == 0) field.First = line;
        return null;
    }

    static string Mixed(JsonField field, string expected) => $"{expected} for '{Messages.Shorten(field.Name)}', as on line "
        + $"{field.First}: a column holds numbers or texts. Read it as text with `Categorical = {field.Name}`";

    ReadOnlySpan<char> TextOf(ref Utf8JsonReader reader)
    {
        if (characters.Length < reader.ValueSpan.Length) characters = new char[reader.ValueSpan.Length];
        return characters.AsSpan(0, reader.CopyString(characters));
    }

    string Fault(ReadOnlySpan<byte> json, long at, string expected)
    {
        ReadOnlySpan<byte> rest = json[(int)Math.Min(at, json.Length)..];
        int end = rest.IndexOfAny(",}] \t"u8);
        string found = Encoding.UTF8.GetString(end < 0 ? rest : rest[..Math.Max(end, 1)]);
        string what = found.Length == 0 ? "the end of the line" : $"'{Messages.Shorten(found)}'";
        return $"{file}, line {line}, character {at + 1}: found {what}"
            + $", expected {expected}. Mend the row or leave such rows out with `OnBadRow = skip`.";
    }
}
