using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Arrays;
using Apache.Arrow.Types;

namespace Descent.Data;

/// <summary>Which types of Arrow are numbers, which are text, and how their cells are written.</summary>
static class ArrowTypes
{
    /// <summary>What a field of a schema is to a table.</summary>
    public static SourceColumn Column(Field field) => TypeOf(field.DataType) is { } type ? new(field.Name, type)
        : new(field.Name, ColumnType.Unknown)
        {
            Unreadable = field.DataType.TypeId switch
            {
                ArrowTypeId.List or ArrowTypeId.LargeList or ArrowTypeId.FixedSizeList or ArrowTypeId.ListView => "lists",
                ArrowTypeId.Struct => "structures",
                ArrowTypeId.Map => "maps",
                ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.FixedSizedBinary or ArrowTypeId.BinaryView => "bytes",
                _ => $"values of the type {field.DataType.Name}",
            },
        };

    /// <summary>Puts cells of an array into a block.</summary>
    public static void Put(ColumnBlock block, int place, IArrowArray array, int from, int count, bool asText)
    {
        if (array is DictionaryArray dictionary)
        {
            PutLevels(block, place, dictionary, from, count, asText);
            return;
        }
        if (!asText && Number(array) is { } number)
        {
            Span<double> numbers = block.Numbers(place);
            for (int i = 0; i < count; i++) numbers[i] = number(from + i) ?? double.NaN;
            return;
        }
        if (array is NullArray) return;
        Func<int, string?> text = Text(array);
        Span<string?> texts = block.Texts(place);
        for (int i = 0; i < count; i++) texts[i] = array.IsNull(from + i) ? null : text(from + i);
    }

    // The values of a dictionary are written once, and looked up.
    static void PutLevels(ColumnBlock block, int place, DictionaryArray array, int from, int count, bool asText)
    {
        Func<int, double?> index = Number(array.Indices) ?? throw new InvalidOperationException("a dictionary without whole indices");
        IArrowArray values = array.Dictionary;
        bool isNumber = !asText && Number(values) is not null;
        ColumnBlock levels = new(1, Math.Max(1, values.Length));
        Put(levels, 0, values, 0, values.Length, asText);
        for (int i = 0; i < count; i++)
        {
            if (index(from + i) is not { } k) continue;
            if (isNumber) block.Numbers(place)[i] = levels.Numbers(0)[(int)k];
            else block.Texts(place)[i] = levels.Texts(0)[(int)k];
        }
    }

    static ColumnType? TypeOf(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Dictionary => TypeOf(((DictionaryType)type).ValueType),
        ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64 or ArrowTypeId.UInt8 or ArrowTypeId.UInt16
            or ArrowTypeId.UInt32 or ArrowTypeId.UInt64 or ArrowTypeId.Float or ArrowTypeId.Double or ArrowTypeId.HalfFloat
            or ArrowTypeId.Decimal128 or ArrowTypeId.Decimal256 or ArrowTypeId.Decimal32 or ArrowTypeId.Decimal64 => ColumnType.Number,
        ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView or ArrowTypeId.Boolean or ArrowTypeId.Date32
            or ArrowTypeId.Date64 or ArrowTypeId.Timestamp or ArrowTypeId.Time32 or ArrowTypeId.Time64 => ColumnType.Text,
        ArrowTypeId.Null => ColumnType.Unknown,
        _ => null,
    };

    static Func<int, double?>? Number(IArrowArray array) => array switch
    {
        Int8Array a => i => a.GetValue(i),
        Int16Array a => i => a.GetValue(i),
        Int32Array a => i => a.GetValue(i),
        Int64Array a => i => a.GetValue(i),
        UInt8Array a => i => a.GetValue(i),
        UInt16Array a => i => a.GetValue(i),
        UInt32Array a => i => a.GetValue(i),
        UInt64Array a => i => a.GetValue(i),
        DoubleArray a => i => a.GetValue(i),
        FloatArray a => i => a.GetValue(i) is { } x ? CellValues.Number(x) : null,
        HalfFloatArray a => i => a.GetValue(i) is { } x ? CellValues.Number(x) : null,
        FixedSizeBinaryArray a when ScaleOf(a) is { } scale => i => a.IsNull(i) ? null : CellValues.Number(Digits(a, i, scale)),
        _ => null,
    };

    static Func<int, string?> Text(IArrowArray array) => array switch
    {
        LargeStringArray a => i => a.GetString(i),
        StringViewArray a => i => a.GetString(i),
        StringArray a => i => a.GetString(i),
        BooleanArray a => i => CellValues.Text(a.GetValue(i)!.Value),
        Date32Array a => i => CellValues.Text(a.GetDateOnly(i)!.Value),
        Date64Array a => i => CellValues.Text(a.GetDateOnly(i)!.Value),
        TimestampArray a => i => Moment(a, i),
        Time32Array a => i => CellValues.Text(a.GetTime(i)!.Value),
        Time64Array a => i => CellValues.Text(a.GetTime(i)!.Value),
        Int8Array a => i => Whole(a.GetValue(i)),
        Int16Array a => i => Whole(a.GetValue(i)),
        Int32Array a => i => Whole(a.GetValue(i)),
        Int64Array a => i => Whole(a.GetValue(i)),
        UInt8Array a => i => Whole(a.GetValue(i)),
        UInt16Array a => i => Whole(a.GetValue(i)),
        UInt32Array a => i => Whole(a.GetValue(i)),
        UInt64Array a => i => Whole(a.GetValue(i)),
        FloatArray a => i => a.GetValue(i)!.Value.ToString("R", CultureInfo.InvariantCulture),
        HalfFloatArray a => i => a.GetValue(i)!.Value.ToString("R", CultureInfo.InvariantCulture),
        DoubleArray a => i => CellValues.Text(a.GetValue(i)!.Value),
        FixedSizeBinaryArray a when ScaleOf(a) is { } scale => i => Digits(a, i, scale),
        _ => throw new InvalidOperationException($"arrays of the type {array.Data.DataType.Name}"),
    };

    static int? ScaleOf(FixedSizeBinaryArray array) => array.Data.DataType switch
    {
        Decimal32Type t => t.Scale,
        Decimal64Type t => t.Scale,
        Decimal128Type t => t.Scale,
        Decimal256Type t => t.Scale,
        _ => null,
    };

    // Little-endian, of two's complement.
    static string Digits(FixedSizeBinaryArray array, int i, int scale) =>
        CellValues.Text(new System.Numerics.BigInteger(array.GetBytes(i)), scale);

    // With a zone it is a moment; without one the face of a clock.
    static string Moment(TimestampArray array, int i)
    {
        DateTimeOffset t = array.GetTimestamp(i)!.Value;
        return ((TimestampType)array.Data.DataType).Timezone is { Length: > 0 } ? CellValues.Text(t)
            : CellValues.Text(DateTime.SpecifyKind(t.UtcDateTime, DateTimeKind.Unspecified));
    }

    static string? Whole<T>(T? value)
        where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture);
}
