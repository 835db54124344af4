using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>One Arrow file or stream, a record batch at a time.</summary>
sealed class ArrowColumns : IColumnSource
{
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
            reader = isFile ? new ArrowFileReader(file, null, codecs, leaveOpen: true)
                : new ArrowStreamReader(file, null, codecs, leaveOpen: true);
            Schema schema = Done(() => reader.Schema);
            Columns = [.. schema.FieldsList.Select(ArrowTypes.Column)];
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
