using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Descent.Data.Columnar.Tests;

/// <summary>
/// Arrow files of arrays that DuckDB 1.5.6 made, against the CSV that it wrote of the same rows (../Descent.Data.Parquet.Tests/make.md has
/// the commands), and files of arrays made here.
/// </summary>
public class ArrowTests
{
    static readonly IColumnForm[] forms = [ArrowForm.Instance];

    static Table Read(string path, TableOptions? options = null) => ColumnReader.Read([path], forms, options);

    [Theory]
    [InlineData("types.arrow", MissingPolicy.Keep, "Arrow")]
    [InlineData("types.arrow", MissingPolicy.Skip, "Arrow")]
    [InlineData("types-lz4.feather", MissingPolicy.Mean, "Arrow")]
    [InlineData("types.arrows", MissingPolicy.Keep, "an Arrow stream")]
    public void Every_type_has_the_bits_of_its_csv(string file, MissingPolicy missing, string form)
    {
        Table typed = Read(SameTable.Golden(file), new ColumnOptions { Missing = missing });
        SameTable.Check(CsvReader.Read([SameTable.Golden("types.csv")], new CsvOptions { Missing = missing }), typed);
        Assert.Equal(form, typed.Form);
    }

    [Fact]
    public void Numbers_asked_for_as_text_keep_all_their_digits()
    {
        string[] texts = ["i64", "u64", "dec38", "dec18", "d", "u8", "f"];
        CsvOptions asText = new() { Missing = MissingPolicy.Keep, TextColumns = texts };
        SameTable.Check(CsvReader.Read([SameTable.Golden("types.csv")], asText),
            Read(SameTable.Golden("types.arrow"), new ColumnOptions { Missing = MissingPolicy.Keep, TextColumns = texts }));
    }

    [Fact]
    public void Dictionaries_and_batches_are_read_as_their_values()
    {
        static bool Wanted(IReadOnlyList<string> names) => !names.Contains("pair");
        SameTable.CheckColumns(
            CsvReader.Read([SameTable.Golden("many.csv.gz")], new CsvOptions { Missing = MissingPolicy.Skip }),
            Read(SameTable.Golden("many-zstd.arrow"), new ColumnOptions { Missing = MissingPolicy.Skip, Wanted = Wanted }));
        Assert.Contains("column 'pair': holds lists", Assert.Throws<DataException>(() => Read(SameTable.Golden("many-zstd.arrow"))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("types.arrow")]
    [InlineData("types.arrows")]
    [InlineData("types-lz4.feather")]
    public void A_number_changed_anywhere_is_a_value_or_a_sentence_and_takes_little_memory(string file)
    {
        byte[] whole = File.ReadAllBytes(SameTable.Golden(file));
        string path = Path.GetTempFileName();
        List<string> said = [];
        foreach (int number in (int[])[0x2FFFFFFF, -2])
        {
            for (int at = 8; at + 4 <= whole.Length; at += 4)
            {
                byte[] spoilt = [.. whole];
                BitConverter.GetBytes(number).CopyTo(spoilt, at);
                File.WriteAllBytes(path, spoilt);
                long before = GC.GetAllocatedBytesForCurrentThread();
                Exception? e = Record.Exception(() => Read(path, new ColumnOptions { Missing = MissingPolicy.Keep }));
                Assert.True(e is null or DataException, $"{number} at byte {at}: {e}");
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (64L << 20) + (20 * whole.Length));
                if (e is not null) said.Add(e.Message);
            }
        }
        File.Delete(path);
        // Each of the checks had something to find.
        foreach (string word in (string[])["promises", "elements in", "an offset of"])
            Assert.Contains(said, m => m.Contains(word, StringComparison.Ordinal));
        if (!file.EndsWith("feather", StringComparison.Ordinal))
            Assert.Contains(said, m => m.Contains("a text from byte", StringComparison.Ordinal));
    }

    [Fact]
    public void Types_that_duckdb_does_not_make_are_read_too()
    {
        Int8Array keys = new Int8Array.Builder().Append(1).AppendNull().Append(0).Build();
        DoubleArray prices = new DoubleArray.Builder().Append(0.5).Append(1.25).Build();
        StringArray words = new StringArray.Builder().Append("a").Append("b").Build();
        DictionaryType byPrice = new(Int8Type.Default, DoubleType.Default, false);
        DictionaryType byWord = new(Int8Type.Default, StringType.Default, false);
        (string, IArrowArray)[] columns =
        [
            ("large", new LargeStringArray.Builder().Append("x").AppendNull().Append("y").Build()),
            ("view", new StringViewArray.Builder().Append("a text of more than twelve bytes").Append("s").AppendNull().Build()),
            ("half", new HalfFloatArray.Builder().Append((Half)0.1f).AppendNull().Append((Half)2).Build()),
            ("price", new DictionaryArray(byPrice, keys, prices)),
            ("word", new DictionaryArray(byWord, keys, words)),
            ("nothing", new NullArray(3)),
            ("clock", new Time32Array.Builder(TimeUnit.Second).Append(3661).AppendNull().Append(0).Build()),
            ("at", new TimestampArray.Builder(new TimestampType(TimeUnit.Second, "UTC"))
                .Append(new DateTimeOffset(2024, 1, 31, 10, 20, 30, TimeSpan.Zero)).AppendNull().Append(DateTimeOffset.UnixEpoch).Build()),
        ];
        string path = Written(columns);
        using TempText csv = new("""
            large,view,half,price,word,nothing,clock,at
            x,a text of more than twelve bytes,0.1,1.25,b,,01:01:01,2024-01-31 10:20:30+00
            ,s,,,,,,
            y,,2,0.5,a,,00:00:00,1970-01-01 00:00:00+00

            """);
        SameTable.Check(CsvReader.Read([csv.Path], new CsvOptions { Missing = MissingPolicy.Keep }),
            Read(path, new ColumnOptions { Missing = MissingPolicy.Keep }));
        File.Delete(path);
    }

    [Fact]
    public void A_batch_that_is_longer_than_a_block_goes_on_where_the_block_ended()
    {
        const int Rows = 10000;
        Int16Array.Builder keys = new();
        DoubleArray.Builder numbers = new();
        StringArray.Builder texts = new();
        for (int i = 0; i < Rows; i++)
        {
            keys.Append((short)(i % 7));
            numbers.Append(i / 8.0);
            texts.Append($"t{i % 11}");
        }
        StringArray words = new StringArray.Builder().AppendRange(Enumerable.Range(0, 7).Select(k => $"w{k}")).Build();
        string path = Written([("word", new DictionaryArray(new(Int16Type.Default, StringType.Default, false), keys.Build(), words)),
            ("x", numbers.Build()), ("text", texts.Build())]);
        Table table = Read(path);
        for (int i = 0; i < Rows; i++)
        {
            Assert.Equal(i / 8.0, table.Columns[1].Numbers[i]);
            Assert.Equal((i % 7, i % 11), (table.Columns[0].Codes[i], table.Columns[2].Codes[i]));
        }
        File.Delete(path);
    }

    [Fact]
    public void Bytes_and_structures_are_refused_by_name()
    {
        string path = Written([("raw", new BinaryArray.Builder().Append((byte)1).Build())]);
        Assert.Contains("column 'raw': holds bytes;", Assert.Throws<DataException>(() => Read(path)).Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Theory]
    [InlineData("types.arrow")]
    [InlineData("types-lz4.feather")]
    [InlineData("types.arrows")]
    public void A_file_that_is_damaged_is_refused_in_a_sentence(string name)
    {
        byte[] whole = File.ReadAllBytes(SameTable.Golden(name));
        string path = Path.GetTempFileName();
        foreach (int length in new[] { 8, 12, 40, whole.Length / 3, whole.Length / 2 })
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<DataException>(() => Read(path));
        }
        // Changed bytes may be values that are as good as the others; nothing but a sentence may come of them.
        Random random = new(5);
        for (int k = 0; k < 40; k++)
        {
            byte[] spoilt = [.. whole];
            spoilt[random.Next(8, whole.Length - 8)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, spoilt);
            if (Record.Exception(() => Read(path, new ColumnOptions { Missing = MissingPolicy.Keep })) is { } e)
                Assert.True(e is DataException, e.ToString());
        }
        File.Delete(path);
    }

    static string Written((string Name, IArrowArray Array)[] columns)
    {
        Schema schema = new([.. columns.Select(c => new Field(c.Name, c.Array.Data.DataType, true))], null);
        string path = Path.GetTempFileName();
        using FileStream file = new(path, FileMode.Create);
        using ArrowFileWriter writer = new(file, schema, leaveOpen: true);
        writer.WriteStart();
        using RecordBatch batch = new(schema, columns.Select(c => c.Array), columns[0].Array.Length);
        writer.WriteRecordBatch(batch);
        writer.WriteEnd();
        return path;
    }

    /// <summary>A file of text that lives as long as a test.</summary>
    sealed class TempText : IDisposable
    {
        public TempText(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
