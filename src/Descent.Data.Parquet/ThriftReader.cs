namespace Descent.Data;

/// <summary>
/// Reads the compact form of Thrift from a stream, as far as the footer and the heads of pages need it: whole numbers by their field and
/// that of their structure, and everything else passed over.
/// </summary>
/// <param name="bytes">What is read.</param>
sealed class ThriftReader(Stream bytes)
{
    const int Deepest = 16;

    /// <summary>Reads a structure.</summary>
    /// <param name="shape">What its fields are.</param>
    /// <param name="number">Takes each whole number, and 1 or 0 for a truth value: the number of its structure's field
    /// (0 for the outermost), its own, its value.</param>
    /// <exception cref="InvalidDataException">The bytes are no such structure.</exception>
    public void Structure(ThriftShape shape, Action<int, int, long> number) => Structure(shape, number, 0, 0);

    void Structure(ThriftShape? shape, Action<int, int, long> number, int owner, int depth)
    {
        if (depth > Deepest) throw Damage();
        int field = 0;
        while (Byte() is > 0 and int head)
        {
            long next = head >> 4 is > 0 and int step ? field + step : Signed();
            field = next is > 0 and <= short.MaxValue ? (int)next : throw Damage();
            Value(shape, number, owner, field, head & 15, depth);
        }
    }

    void Value(ThriftShape? shape, Action<int, int, long> number, int owner, int field, int type, int depth)
    {
        ThriftShape? inner = shape?.Inner(field, type);
        // The library loses its place in some types where it passes over them, in fields that it does not know: lists, structures of them,
        // bytes and fractions. A file that has such fields is not read right by it.
        switch (type)
        {
            case 1 or 2:
                number(owner, field, type == 1 ? 1 : 0);
                break;
            case 3 when shape?.Has(field) == true:
                Byte();
                break;
            case 4 or 5 or 6:
                number(owner, field, Signed());
                break;
            case 7 when shape?.Has(field) == true:
                Skip(sizeof(double));
                break;
            case 8:
                Skip(Unsigned());
                break;
            case 9 or 10 when shape?.Has(field) == true:
                int head = Byte();
                ulong count = head >> 4 is < 15 and int few ? (ulong)few : Unsigned();
                if (count > 0) shape!.RequireElement(field, head & 15);
                for (; count > 0; count--) Element(inner, head & 15, depth);
                break;
            case 12 when shape?.Has(field) == true:
                Structure(inner, number, field, depth + 1);
                break;
            default:
                throw Damage();
        }
    }

    // No list of truth values belongs here, and the library loses its place in one that it passes over.
    void Element(ThriftShape? shape, int type, int depth)
    {
        if (type is 1 or 2) throw Damage();
        if (type == 12) Structure(shape, (_, _, _) => { }, -1, depth + 1);
        else Value(null, (_, _, _) => { }, -1, 0, type, depth + 1);
    }

    long Signed() => Unsigned() is var z && (z & 1) == 0 ? (long)(z >> 1) : ~(long)(z >> 1);

    /// <summary>A whole number from 0, seven bits a byte.</summary>
    public ulong Unsigned()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int b = Byte();
            value |= (ulong)(b & 127) << shift;
            if (b < 128) return value;
        }
        throw Damage();
    }

    void Skip(ulong count)
    {
        if (count > (ulong)(bytes.Length - bytes.Position)) throw Damage();
        bytes.Position += (long)count;
    }

    int Byte() => bytes.ReadByte() is >= 0 and int b ? b : throw Damage();

    static InvalidDataException Damage() => new("its footer, or the head of a page, makes no sense");
}
