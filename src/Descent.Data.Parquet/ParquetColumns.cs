using Descent.Data.Text;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace Descent.Data;

/// <summary>One Parquet file, a row group at a time.</summary>
sealed class ParquetColumns : IColumnSource
{
    // A row group has no more rows than this and so many a byte: a run of one value takes next to none.
    const long MostRows = 1 << 20, RowsPerByte = 64;
    static readonly ParquetOptions options = new() { UseBigDecimal = true, UseDateOnlyTypeForDates = true };
    readonly Stream file;
    readonly ParquetReader reader;
    readonly DataField?[] fields;
    ParquetCells[] cells = [];
    DataField[] chosen = [];
    int group, at, held;

    public ParquetColumns(string path)
    {
        Name = path;
        file = ByteSource.OpenPlain(path);
        try
        {
            Said(() =>
            {
                ParquetPages.RequireFooter(file);
                return true;
            });
            reader = Done(() => ParquetReader.CreateAsync(file, options));
            (fields, Columns, long rows) = Said(() => Described(reader));
            RowCount = Plausible(rows);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public string Name { get; }

    public string Form => "Parquet";

    public IReadOnlyList<SourceColumn> Columns { get; }

    public long? RowCount { get; }

    // Room is made for rows that are told beforehand, so that only a number that the file has bytes for is told.
    long? Plausible(long rows) => rows >= 0 && rows <= 8 * file.Length ? rows : null;

    public void Choose(IReadOnlyList<ChosenColumn> columns)
    {
        chosen = [.. columns.Select(c => fields[c.Index]!)];
        cells = [.. columns.Select(c => ParquetTypes.Cells(fields[c.Index]!, c.AsText))];
    }

    public int Read(ColumnBlock block)
    {
        while (at == held)
        {
            if (group == reader.RowGroupCount) return 0;
            held = Load(group++);
            at = 0;
        }
        int count = Math.Min(block.Capacity, held - at);
        // A time of day behind midnight, for one, is damage too.
        Said(() =>
        {
            for (int k = 0; k < cells.Length; k++) cells[k].Put(block, k, at, count);
            return count;
        });
        at += count;
        return count;
    }

    public void Dispose()
    {
        reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        file.Dispose();
    }

    static (DataField?[], SourceColumn[], long) Described(ParquetReader reader)
    {
        Field[] all = [.. reader.Schema.Fields];
        return ([.. all.Select(f => f as DataField)], [.. all.Select(ParquetTypes.Column)], reader.RowGroups.Sum(g => g.RowCount));
    }

    int Load(int number)
    {
        using ParquetRowGroupReader rows = Done(() => Task.FromResult(reader.OpenRowGroupReader(number)));
        if (rows.RowCount < 0 || rows.RowCount > Math.Min(int.MaxValue, MostRows + (RowsPerByte * file.Length)))
            throw new DataException($"{Name}: row group {number + 1} promises {rows.RowCount} rows, and the file "
                + $"has {file.Length} bytes. Is it damaged? Write it again, with smaller row groups.");
        for (int k = 0; k < cells.Length; k++)
        {
            int column = k;
            foreach (ColumnMetaData chunk in ChunksOf(number, chosen[k]))
            {
                RequireRight(chunk, chosen[k]);
                bool runs = Said(() => ParquetPages.Require(file, chunk, rows.RowCount));
                // The reader takes their width for 0, and their length for a run: it ends in a division by 0, or in other values.
                if (runs && chunk.Type == Parquet.Meta.Type.BOOLEAN)
                    throw new DataException($"{Name}, column '{chosen[k].Name}': has truth values written as runs (RLE, as in data pages "
                        + "of version 2), which are not read here. Leave it out, write the file with data pages of version 1, or save it "
                        + "as CSV.");
            }
            Done(async () =>
            {
                await cells[column].Load(rows, chosen[column], (int)rows.RowCount).ConfigureAwait(false);
                return true;
            });
        }
        return (int)rows.RowCount;
    }

    // Where whole numbers of 32 bits lie further apart than those are wide, the reader's decoding of differences gives others.
    void RequireRight(ColumnMetaData chunk, DataField field)
    {
        if (chunk.Type == Parquet.Meta.Type.INT32 && chunk.Encodings.Contains(Encoding.DELTA_BINARY_PACKED))
            throw new DataException($"{Name}, column '{field.Name}': is written as differences of 32 bits (DELTA_BINARY_PACKED), which "
                + "are not read here. Leave it out, write the file with plain or dictionary encoding, or save it as CSV.");
    }

    IEnumerable<ColumnMetaData> ChunksOf(int number, DataField field) => reader.Metadata!.RowGroups[number].Columns
        .Select(c => c.MetaData).OfType<ColumnMetaData>().Where(d => d.PathInSchema.SequenceEqual([field.Name]));

    // On a thread of the pool nothing can wait for the caller.
    T Done<T>(Func<Task<T>> work) => Said(() => Task.Run(work).GetAwaiter().GetResult());

    // A damaged file may end in any exception of the reader.
    T Said<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (NotSupportedException e)
        {
            throw new DataException($"{Name}: holds a column in a writing that is not read here ({e.Message.TrimEnd('.')}). Leave it "
                + "out, write the file with plain or dictionary encoding, or save it as CSV.", e);
        }
        catch (Exception e) when (e is not (DataException or OutOfMemoryException))
        {
            throw new DataException($"{Name}: cannot be read as Parquet ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}). Is it whole? "
                + "Write it again, or save it as CSV.", e);
        }
    }
}
