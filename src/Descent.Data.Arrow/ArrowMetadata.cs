using System.Buffers.Binary;

namespace Descent.Data;

/// <summary>
/// Looks through what a file says of itself, in the form of FlatBuffers, before the library does, which makes room for as many fields,
/// nodes and buffers as a vector is said to have: a vector has to lie in the bytes that there are.
/// </summary>
/// <remarks>The places of the members are those of Arrow's Message.fbs, Schema.fbs and File.fbs.</remarks>
readonly ref struct ArrowMetadata
{
    // Numbers of structures and the bytes that one of them has.
    const int Node = 16, Block = 24, Table = 4, Deepest = 64;

    // Headers of a message.
    const int SchemaHeader = 1, DictionaryHeader = 2, BatchHeader = 3;
    readonly ReadOnlySpan<byte> bytes;

    ArrowMetadata(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    /// <summary>The head of a message: a schema, a batch or a dictionary.</summary>
    /// <exception cref="InvalidDataException">It does not lie in its bytes.</exception>
    public static void RequireMessage(ReadOnlySpan<byte> bytes)
    {
        ArrowMetadata m = new(bytes);
        int message = m.Follow(0), left = bytes.Length;
        m.Vector(message, 4, Table);
        int kind = m.Member(message, 1) is var at and > 0 ? bytes[at] : 0, header = m.Child(message, 2);
        if (header == 0) return;
        if (kind == SchemaHeader) m.Schema(header, ref left);
        else if (kind == BatchHeader) m.Batch(header);
        else if (kind == DictionaryHeader && m.Child(header, 1) is var batch and > 0) m.Batch(batch);
    }

    /// <summary>The list at the end of a file.</summary>
    /// <exception cref="InvalidDataException">It does not lie in its bytes.</exception>
    public static void RequireFooter(ReadOnlySpan<byte> bytes)
    {
        ArrowMetadata m = new(bytes);
        int footer = m.Follow(0), left = bytes.Length;
        m.Vector(footer, 2, Block);
        m.Vector(footer, 3, Block);
        m.Vector(footer, 4, Table);
        if (m.Child(footer, 1) is var schema and > 0) m.Schema(schema, ref left);
    }

    void Schema(int schema, ref int left)
    {
        Fields(schema, 1, 0, ref left);
        Vector(schema, 2, Table);
        Vector(schema, 3, sizeof(long));
    }

    // Every field takes bytes of its own; where fields share some, there are soon more of them than bytes.
    void Fields(int table, int member, int depth, ref int left)
    {
        (int from, int count) = Vector(table, member, Table);
        if (depth > Deepest || (left -= count) < 0) throw Damage("fields within fields without end");
        for (int k = 0; k < count; k++)
        {
            int field = Follow(from + (k * Table));
            Fields(field, 5, depth + 1, ref left);
            Vector(field, 6, Table);
            // The numbers of the types of a union; no other type has a vector.
            if (Member(field, 2) is var kind and > 0 && bytes[kind] == 14 && Child(field, 3) is var type and > 0)
                Vector(type, 1, sizeof(int));
        }
    }

    void Batch(int batch)
    {
        Vector(batch, 1, Node);
        int buffers = Vector(batch, 2, Node).Count;
        (int from, int count) = Vector(batch, 4, sizeof(long));
        for (int k = 0; k < count; k++)
            if (BinaryPrimitives.ReadInt64LittleEndian(Bytes(from + (k * sizeof(long)), sizeof(long))) is var n && (n < 0 || n > buffers))
                throw Damage($"{n} buffers of a column, of {buffers} in all");
    }

    // Where the elements of a vector begin, and how many there are; none where the table has no such member.
    (int From, int Count) Vector(int table, int member, int size)
    {
        int at = Child(table, member);
        if (at == 0) return (0, 0);
        int count = Int(at);
        if (count < 0 || (long)count * size > bytes.Length - at - sizeof(int)) throw Damage($"{count} elements in {bytes.Length} bytes");
        return (at + sizeof(int), count);
    }

    // Where what a member points to begins; 0 for none.
    int Child(int table, int member) => Member(table, member) is var at and > 0 ? Follow(at) : 0;

    // Where a member lies; 0 for none.
    int Member(int table, int member)
    {
        long places = (long)table - Int(table);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(Bytes(places, sizeof(ushort))), entry = sizeof(int) + (member * sizeof(ushort));
        if (entry >= size) return 0;
        int at = BinaryPrimitives.ReadUInt16LittleEndian(Bytes(places + entry, sizeof(ushort)));
        return at == 0 ? 0 : table + at < bytes.Length ? table + at : throw Damage("a member behind its end");
    }

    // Offsets lead forwards.
    int Follow(int at)
    {
        int offset = Int(at);
        return offset > 0 && offset < bytes.Length - at ? at + offset : throw Damage($"an offset of {offset}");
    }

    int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(Bytes(at, sizeof(int)));

    ReadOnlySpan<byte> Bytes(long at, int count) =>
        at >= 0 && at <= bytes.Length - count ? bytes.Slice((int)at, count) : throw Damage("an offset behind its end");

    static InvalidDataException Damage(string found) => new($"what it says of its columns has {found}");
}
