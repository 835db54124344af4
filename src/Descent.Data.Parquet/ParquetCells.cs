using Parquet;
using Parquet.Schema;

namespace Descent.Data;

/// <summary>A column of one row group, and how its cells go into a block.</summary>
abstract class ParquetCells
{
    /// <summary>Reads the column of a row group.</summary>
    public abstract Task Load(ParquetRowGroupReader group, DataField field, int rows);

    /// <summary>Puts some of its cells into a block.</summary>
    public abstract void Put(ColumnBlock block, int place, int from, int count);

    /// <summary>Cells of values: numbers, or texts made of them.</summary>
    /// <param name="number">The number of a value; null where texts are wanted.</param>
    /// <param name="text">The text of a value.</param>
    public sealed class Of<T>(Func<T, double>? number, Func<T, string> text) : ParquetCells
        where T : struct
    {
        T[] values = [];
        T?[] gaps = [];
        bool hasGaps;

        public override async Task Load(ParquetRowGroupReader group, DataField field, int rows)
        {
            hasGaps = field.IsNullable;
            if (hasGaps)
            {
                if (gaps.Length < rows) gaps = new T?[rows];
                await group.ReadAsync<T>(field, gaps.AsMemory(0, rows)).ConfigureAwait(false);
            }
            else
            {
                if (values.Length < rows) values = new T[rows];
                await group.ReadAsync<T>(field, values.AsMemory(0, rows)).ConfigureAwait(false);
            }
        }

        public override void Put(ColumnBlock block, int place, int from, int count)
        {
            if (number is not null)
            {
                Span<double> to = block.Numbers(place);
                for (int i = 0; i < count; i++)
                    if (At(from + i) is { } value) to[i] = number(value);
            }
            else
            {
                Span<string?> to = block.Texts(place);
                for (int i = 0; i < count; i++)
                    if (At(from + i) is { } value) to[i] = text(value);
            }
        }

        T? At(int row) => hasGaps ? gaps[row] : values[row];
    }

    /// <summary>Cells of text.</summary>
    public sealed class OfText : ParquetCells
    {
        string?[] values = [];

        public override async Task Load(ParquetRowGroupReader group, DataField field, int rows)
        {
            if (values.Length < rows) values = new string?[rows];
            await group.ReadAsync(field, values.AsMemory(0, rows)!).ConfigureAwait(false);
        }

        public override void Put(ColumnBlock block, int place, int from, int count) =>
            values.AsSpan(from, count).CopyTo(block.Texts(place));
    }
}
