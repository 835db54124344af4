using System.Data.Common;
using System.Globalization;

namespace Descent.Data;

/// <summary>The rows of a <see cref="DbDataReader"/>: any database, any provider.</summary>
/// <remarks>
/// Every cell is asked for its own type: in some engines the type of a column is a habit of its cells, and a number asked of a text would
/// be 0 there.
/// </remarks>
sealed class DbColumns : IColumnSource
{
    readonly DbDataReader reader;
    readonly bool[] isDate;
    IReadOnlyList<ChosenColumn> chosen = [];
    long row;

    public DbColumns(DbDataReader reader, string name)
    {
        this.reader = reader;
        Name = name;
        isDate = new bool[reader.FieldCount];
        SourceColumn[] columns = new SourceColumn[reader.FieldCount];
        for (int c = 0; c < columns.Length; c++)
        {
            // Some engines give dates as times of day 0.
            isDate[c] = string.Equals(reader.GetDataTypeName(c), "date", StringComparison.OrdinalIgnoreCase);
            columns[c] = new SourceColumn(reader.GetName(c), TypeOf(reader.GetFieldType(c)));
        }
        Columns = columns;
    }

    public string Name { get; }

    public string Form => "a query";

    public IReadOnlyList<SourceColumn> Columns { get; }

    public long? RowCount => null;

    public void Choose(IReadOnlyList<ChosenColumn> columns) => chosen = columns;

    public int Read(ColumnBlock block)
    {
        int count = 0;
        while (count < block.Capacity && Next())
        {
            row++;
            for (int k = 0; k < chosen.Count; k++) Put(block, k, count, chosen[k]);
            count++;
        }
        return count;
    }

    // The reader belongs to the caller.
    public void Dispose()
    {
    }

    bool Next()
    {
        try
        {
            return reader.Read();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            throw new DataException($"{Name}, row {row + 1}: the database ended the query: {e.Message.TrimEnd('.')}.", e);
        }
    }

    void Put(ColumnBlock block, int place, int at, ChosenColumn column)
    {
        object value;
        try
        {
            if (!column.AsText && PutPlain(block, place, at, column.Index)) return;
            value = reader.GetValue(column.Index);
        }
        catch (Exception e) when (e is DbException or InvalidCastException or OverflowException or FormatException)
        {
            throw new DataException($"{Name}, row {row}, column '{reader.GetName(column.Index)}': the value cannot be read "
                + $"({e.Message.TrimEnd('.')}). Cast it in the query, for example to double precision or to text.", e);
        }
        if (column.AsText && value is not (string or DBNull) && NumberText(value) is { } digits) block.Texts(place)[at] = digits;
        else if (Number(value) is { } number) block.Numbers(place)[at] = number;
        else if (value is not DBNull) block.Texts(place)[at] = TextOf(value, column.Index);
    }

    // Numbers without an object a cell. The type is asked for every cell, for in some engines it is the cell's and not the column's.
    bool PutPlain(ColumnBlock block, int place, int at, int column)
    {
        TypeCode type = Type.GetTypeCode(reader.GetFieldType(column));
        if (type is not (TypeCode.Double or TypeCode.Single or TypeCode.Int32 or TypeCode.Int64)) return false;
        if (reader.IsDBNull(column)) return true;
        block.Numbers(place)[at] = type switch
        {
            TypeCode.Double => reader.GetDouble(column),
            TypeCode.Single => CellValues.Number(reader.GetFloat(column)),
            TypeCode.Int32 => reader.GetInt32(column),
            _ => reader.GetInt64(column),
        };
        return true;
    }

    static double? Number(object value) => value switch
    {
        double x => x,
        float x => CellValues.Number(x),
        int x => x,
        long x => x,
        short x => x,
        byte x => x,
        sbyte x => x,
        ushort x => x,
        uint x => x,
        ulong x => x,
        decimal x => CellValues.Number(x),
        _ => null,
    };

    static string? NumberText(object value) => value switch
    {
        double x => CellValues.Text(x),
        float x => x.ToString("R", CultureInfo.InvariantCulture),
        int or long or short or byte or sbyte or ushort or uint or ulong or decimal =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    string TextOf(object value, int column) => value switch
    {
        string s => s,
        bool b => CellValues.Text(b),
        DateTime t when isDate[column] => CellValues.Text(DateOnly.FromDateTime(t)),
        DateTime t => CellValues.Text(t),
        DateOnly d => CellValues.Text(d),
        DateTimeOffset t => CellValues.Text(t),
        TimeOnly t => CellValues.Text(t),
        TimeSpan t => CellValues.Text(t),
        char c => c.ToString(),
        Guid g => g.ToString(),
        System.Numerics.BigInteger b => b.ToString(CultureInfo.InvariantCulture),
        _ => throw new DataException($"{Name}, row {row}, column '{reader.GetName(column)}': holds {value.GetType().Name}; expected "
            + "numbers, text, dates or truth values. Cast it in the query, or leave the column out."),
    };

    static ColumnType TypeOf(Type type) => type == typeof(double) || type == typeof(float) || type == typeof(int) || type == typeof(long)
        || type == typeof(short) || type == typeof(byte) || type == typeof(sbyte) || type == typeof(ushort) || type == typeof(uint)
        || type == typeof(ulong) || type == typeof(decimal) || type == typeof(System.Numerics.BigInteger) ? ColumnType.Number
        : type == typeof(string) || type == typeof(bool) || type == typeof(DateTime) || type == typeof(DateOnly)
            || type == typeof(DateTimeOffset) || type == typeof(TimeOnly) || type == typeof(TimeSpan) || type == typeof(char)
            || type == typeof(Guid) ? ColumnType.Text : ColumnType.Unknown;
}
