using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>One Arrow file or stream, a record batch at a time.</summary>
sealed class ArrowColumns : IColumnSource
{
    // A batch has no more rows than this and so many a byte: a truth value needs a bit.
    const long MostRows = 1 << 20, RowsPerByte = 64;
    readonly Stream file;
    readonly ArrowStreamReader reader;
    IReadOnlyList<ChosenColumn> chosen = [];
    RecordBatch? batch;
    int at;

    public ArrowColumns(string path)
    {
        Name = path;
        file = ByteSource.OpenPlain(path);
        try
        {
            Span<byte> head = stackalloc byte[8];
            int got = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            file.Position = 0;
            bool isFile = ArrowForm.IsFile(head[..got]);
            Form = isFile ? "Arrow" : "an Arrow stream";
            CompressionCodecFactory codecs = new();
            ArrowBytes bytes = new(file, isFile);
            ArrowMemory memory = new(file.Length);
            reader = isFile ? new ArrowFileReader(bytes, memory, codecs, leaveOpen: true)
                : new ArrowStreamReader(bytes, memory, codecs, leaveOpen: true);
            Columns = Done(() => Described(reader.Schema));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public string Name { get; }

    public string Form { get; }

    public IReadOnlyList<SourceColumn> Columns { get; }

    public long? RowCount => null;

    public void Choose(IReadOnlyList<ChosenColumn> columns) => chosen = columns;

    public int Read(ColumnBlock block)
    {
        while (batch is null || at == batch.Length)
        {
            batch?.Dispose();
            batch = Done(() => reader.ReadNextRecordBatch());
            if (batch is null) return 0;
            Done(RequireSound);
            at = 0;
        }
        int count = Math.Min(block.Capacity, batch.Length - at);
        for (int k = 0; k < chosen.Count; k++)
        {
            int place = k;
            Done(() =>
            {
                ArrowTypes.Put(block, place, batch.Column(chosen[place].Index), at, count, chosen[place].AsText);
                return true;
            });
        }
        at += count;
        return count;
    }

    public void Dispose()
    {
        batch?.Dispose();
        reader.Dispose();
        file.Dispose();
    }

    static SourceColumn[] Described(Schema? schema) => schema is null ? throw new InvalidDataException("it says nothing of its columns")
        : [.. schema.FieldsList.Select(ArrowTypes.Column)];

    // Rows of no value at all need no bytes; so many of them are as good as damage.
    bool RequireSound()
    {
        if (batch!.Length < 0 || batch.Length > MostRows + (RowsPerByte * file.Length))
            throw new InvalidDataException($"a batch promises {batch.Length} rows in a file of {file.Length} bytes");
        foreach (ChosenColumn c in chosen) ArrowChecks.Require(batch.Column(c.Index).Data, batch.Length);
        return true;
    }

    // A damaged file may end in any exception of the reader.
    T Done<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is not (DataException or OutOfMemoryException))
        {
            throw new DataException($"{Name}: cannot be read as Arrow ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}). Is it whole? "
                + "Write it again, or save it as CSV.", e);
        }
    }
}
