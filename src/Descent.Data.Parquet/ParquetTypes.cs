using System.Globalization;
using Parquet.Data;
using Parquet.Schema;

namespace Descent.Data;

/// <summary>Which types of Parquet are numbers, which are text, and how their cells are written.</summary>
static class ParquetTypes
{
    /// <summary>What a field of a file is to a table.</summary>
    public static SourceColumn Column(Field field) => field switch
    {
        DataField { IsArray: true } or ListField => Refused(field, "lists"),
        MapField => Refused(field, "maps"),
        StructField => Refused(field, "structures"),
        DataField f when Find(f, false) is not null => new(f.Name, IsNumber(f) ? ColumnType.Number : ColumnType.Text),
        DataField f => Refused(field, f.ClrType == typeof(byte[]) || f.ClrType == typeof(ReadOnlyMemory<byte>) ? "bytes"
            : $"values of the type {f.ClrType.Name}"),
        _ => Refused(field, "no values"),
    };

    /// <summary>The cells of a field.</summary>
    public static ParquetCells Cells(DataField field, bool asText) =>
        Find(field, asText) ?? throw new InvalidOperationException(field.Name);

    static SourceColumn Refused(Field field, string what) => new(field.Name, ColumnType.Unknown) { Unreadable = what };

    static bool IsNumber(DataField f) => f is not TimeDataField && (f.ClrType.IsPrimitive || f.ClrType == typeof(BigDecimal)
        || f.ClrType == typeof(decimal) || f.ClrType == typeof(Half)) && f.ClrType != typeof(bool);

    static ParquetCells? Find(DataField f, bool asText) => f switch
    {
        TimeDataField time when f.ClrType == typeof(long) => Text<long>(x => CellValues.Text(TimeOf(x, time))),
        TimeDataField time when f.ClrType == typeof(int) => Text<int>(x => CellValues.Text(TimeOf(x, time))),
        TimeDataField when f.ClrType == typeof(TimeSpan) => Text<TimeSpan>(x => CellValues.Text(TimeOnly.FromTimeSpan(x))),
        DateTimeDataField { IsAdjustedToUTC: true, DateTimeFormat: DateTimeFormat.Timestamp or DateTimeFormat.DateAndTime } =>
            Text<DateTime>(x => CellValues.Text(DateTime.SpecifyKind(x, DateTimeKind.Utc))),
        _ when f.ClrType == typeof(double) => Number<double>(x => x, CellValues.Text, asText),
        _ when f.ClrType == typeof(float) => Number<float>(CellValues.Number, x => x.ToString("R", CultureInfo.InvariantCulture), asText),
        _ when f.ClrType == typeof(Half) => Number<Half>(CellValues.Number, x => x.ToString("R", CultureInfo.InvariantCulture), asText),
        _ when f.ClrType == typeof(BigDecimal) => Number<BigDecimal>(x => CellValues.Number(Digits(x)), Digits, asText),
        _ when f.ClrType == typeof(decimal) => Number<decimal>(CellValues.Number, Whole, asText),
        _ when f.ClrType == typeof(int) => Number<int>(x => x, Whole, asText),
        _ when f.ClrType == typeof(long) => Number<long>(x => x, Whole, asText),
        _ when f.ClrType == typeof(short) => Number<short>(x => x, Whole, asText),
        _ when f.ClrType == typeof(sbyte) => Number<sbyte>(x => x, Whole, asText),
        _ when f.ClrType == typeof(byte) => Number<byte>(x => x, Whole, asText),
        _ when f.ClrType == typeof(ushort) => Number<ushort>(x => x, Whole, asText),
        _ when f.ClrType == typeof(uint) => Number<uint>(x => x, Whole, asText),
        _ when f.ClrType == typeof(ulong) => Number<ulong>(x => x, Whole, asText),
        _ when f.ClrType == typeof(bool) => Text<bool>(CellValues.Text),
        _ when f.ClrType == typeof(DateOnly) => Text<DateOnly>(CellValues.Text),
        _ when f.ClrType == typeof(DateTime) => Text<DateTime>(x => CellValues.Text(DateTime.SpecifyKind(x, DateTimeKind.Unspecified))),
        _ when f.ClrType == typeof(TimeOnly) => Text<TimeOnly>(CellValues.Text),
        _ when f.ClrType == typeof(TimeSpan) => Text<TimeSpan>(CellValues.Text),
        _ when f.ClrType == typeof(Guid) => Text<Guid>(x => x.ToString()),
        _ when f.ClrType == typeof(string) || f.ClrType == typeof(ReadOnlyMemory<char>) => new ParquetCells.OfText(),
        _ => null,
    };

    static ParquetCells.Of<T> Number<T>(Func<T, double> number, Func<T, string> text, bool asText)
        where T : struct => new(asText ? null : number, text);

    static ParquetCells.Of<T> Text<T>(Func<T, string> text)
        where T : struct => new(null, text);

    static string Whole<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    static TimeOnly TimeOf(long count, TimeDataField field) => new(field.Precision switch
    {
        TimeUnitPrecision.Millis => count * TimeSpan.TicksPerMillisecond,
        TimeUnitPrecision.Micros => count * TimeSpan.TicksPerMicrosecond,
        _ => count / TimeSpan.NanosecondsPerTick,
    });

    static string Digits(BigDecimal value) => CellValues.Text(value.UnscaledValue, value.Scale);
}
