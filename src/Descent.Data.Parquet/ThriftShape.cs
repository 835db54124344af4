namespace Descent.Data;

/// <summary>
/// The types of the fields of a structure. A reader that takes a field for what it should be, and not for what it says it is, loses its
/// place where the two differ, and reads lengths that nobody wrote.
/// </summary>
/// <param name="types">Types of the fields 1, 2, … by their numbers in Thrift's compact form, with an L before that of a list's elements;
/// 0 where nothing is known.</param>
/// <param name="inner">The structures among them, in their order.</param>
sealed class ThriftShape(string types, params ThriftShape[] inner)
{
    const int List = 9, Structure = 12;
    readonly (int Type, int Element, ThriftShape? Inner)[] fields = Fields(types, inner);

    /// <summary>A structure without fields.</summary>
    public static ThriftShape Empty { get; } = new("");

    /// <summary>Whether something is known of a field.</summary>
    public bool Has(int field) => field >= 1 && field <= fields.Length && fields[field - 1].Type > 0;

    /// <summary>The structure of a field, or of the elements of its list; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The field is of another type.</exception>
    public ThriftShape? Inner(int field, int type)
    {
        if (!Has(field)) return null;
        return Alike(fields[field - 1].Type, type) ? fields[field - 1].Inner : throw Wrong(field);
    }

    /// <summary>Looks at the elements of a list.</summary>
    /// <exception cref="InvalidDataException">They are of another type.</exception>
    public void RequireElement(int field, int type)
    {
        if (Has(field) && fields[field - 1] is { Type: List } known && !Alike(known.Element, type)) throw Wrong(field);
    }

    // A truth value is its own type: 1 or 2.
    static bool Alike(int one, int other) => one == other || (one is 1 or 2 && other is 1 or 2);

    static InvalidDataException Wrong(int field) => new($"its footer, or the head of a page, makes no sense (field {field})");

    static (int, int, ThriftShape?)[] Fields(string types, ThriftShape[] inner)
    {
        int next = 0;
        return [.. types.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word =>
        {
            bool list = word[0] == 'L';
            int type = int.Parse(list ? word[1..] : word, System.Globalization.CultureInfo.InvariantCulture);
            return (list ? List : type, type, type == Structure ? inner[next++] : null);
        })];
    }
}
