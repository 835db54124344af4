namespace Descent.Data;

/// <summary>The structures of parquet.thrift: what the footer and the heads of pages are made of.</summary>
static class ParquetShapes
{
    static readonly ThriftShape none = ThriftShape.Empty, keyValue = new("8 8"), statistics = new("8 8 6 6 8 8 1 1"),
        unit = new("12 12 12", none, none, none), time = new("1 12", unit),
        logical = new("12 12 12 12 12 12 12 12 0 12 12 12 12 12 12 12 12 12", none, none, none, none, new("5 5"), none, time, time,
            new("3 1"), none, none, none, none, none, new("3"), new("8"), new("8 5")),
        encryption = new("12 12", new("8 8 1"), new("8 8 1")), key = new("12 12", none, new("L8 8")),
        box = new("7 7 7 7 7 7 7 7"), geospatial = new("12 L5", box), sizes = new("6 L6 L6"), encodings = new("5 5 5"),
        column = new("5 L5 L8 5 6 6 6 L12 6 6 6 12 L12 6 5 12 12", keyValue, statistics, encodings, sizes, geospatial),
        chunk = new("8 6 12 6 5 6 5 12 8", column, key), sorting = new("5 1 1"), group = new("L12 6 6 L12 6 6 4", chunk, sorting),
        element = new("5 5 5 8 5 5 5 5 5 12", logical), order = new("12", none);

    /// <summary>FileMetaData, the footer.</summary>
    public static ThriftShape Footer { get; } = new("5 L12 6 L12 L12 8 L12 12 8", element, group, keyValue, order, encryption);

    /// <summary>PageHeader.</summary>
    public static ThriftShape Page { get; } = new("5 5 5 5 12 12 12 12", new("5 5 5 5 12", statistics), none, new("5 5 1"),
        new("5 5 5 5 5 5 1 12", statistics));
}
