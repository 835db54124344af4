using Parquet;
using Parquet.Schema;

namespace Descent.Data.Columnar.Tests;

/// <summary>
/// Parquet files against CSV files of the same rows, both written by DuckDB 1.5.6 (make.md has the commands), and against Parquet.Net's own
/// writer.
/// </summary>
public class ParquetTests
{
    static readonly IColumnForm[] forms = [ParquetForm.Instance];

    static Table Read(string path, TableOptions? options = null) => ColumnReader.Read([path], forms, options);

    [Theory]
    [InlineData("types-snappy.parquet", MissingPolicy.Keep)]
    [InlineData("types-snappy.parquet", MissingPolicy.Skip)]
    public void Every_type_that_duckdb_writes_has_the_bits_of_its_csv(string file, MissingPolicy missing)
    {
        Table text = CsvReader.Read([SameTable.Golden("types.csv")], new CsvOptions { Missing = missing });
        Table typed = Read(SameTable.Golden(file), new ColumnOptions { Missing = missing });
        SameTable.Check(text, typed);
        Assert.Equal("Parquet", typed.Form);
        Assert.Equal([14, 6], [typed.Columns.Count(c => !c.IsText), typed.Columns.Count(c => c.IsText)]);
    }

    [Theory]
    [InlineData(MissingPolicy.Keep)]
    [InlineData(MissingPolicy.Mean)]
    public void Delta_and_byte_stream_encodings_have_the_bits_of_the_csv(MissingPolicy missing)
    {
        string[] known = ["i64", "u64", "f", "d", "dec38", "s", "b", "tod"];
        bool Wanted(IReadOnlyList<string> names) => known.Contains(names[0]);
        SameTable.CheckColumns(CsvReader.Read([SameTable.Golden("types.csv")], new CsvOptions { Missing = missing, Wanted = Wanted }),
            Read(SameTable.Golden("types-v2-zstd.parquet"), new ColumnOptions { Missing = missing, Wanted = Wanted }));
    }

    // The differences of i32 need 33 bits, and Parquet.Net 6.1.0 gives other numbers for them.
    [Theory]
    [InlineData("at", "holds a column in a writing that is not read here (element type System.DateTime is not supported in DELTA_BINARY")]
    [InlineData("i32", "column 'i32': is written as differences of 32 bits (DELTA_BINARY_PACKED), which are not read here.")]
    public void An_encoding_that_the_reader_lacks_is_named(string column, string says) =>
        Assert.Contains(says, Assert.Throws<DataException>(() => Read(SameTable.Golden("types-v2-zstd.parquet"), new ColumnOptions
        {
            Missing = MissingPolicy.Keep,
            Wanted = n => n.Contains(column),
        })).Message, StringComparison.Ordinal);

    [Fact]
    public void Numbers_asked_for_as_text_keep_all_their_digits()
    {
        string[] texts = ["i64", "u64", "dec38", "dec18", "d", "u8"];
        CsvOptions asText = new() { Missing = MissingPolicy.Keep, TextColumns = texts };
        SameTable.Check(CsvReader.Read([SameTable.Golden("types.csv")], asText),
            Read(SameTable.Golden("types-snappy.parquet"), new ColumnOptions { Missing = MissingPolicy.Keep, TextColumns = texts }));
    }

    // The writer of Arrow C++, which is also that of pyarrow: dictionaries, plain pages, pages of both versions, three codecs.
    [Theory]
    [InlineData("cpp-gzip.parquet")]
    [InlineData("cpp-zstd.parquet")]
    [InlineData("cpp-v2-snappy.parquet")]
    [InlineData("cpp-v2-gzip-plain.parquet")]
    public void Every_type_that_arrow_cpp_writes_has_the_bits_of_its_csv(string file)
    {
        foreach (MissingPolicy missing in new[] { MissingPolicy.Keep, MissingPolicy.Skip })
        {
            // Data pages of version 2 have truth values as runs, which the library loses its place in.
            bool Wanted(IReadOnlyList<string> names) => !file.Contains("v2", StringComparison.Ordinal) || names[0] != "flag";
            Table text = CsvReader.Read([SameTable.Golden("cpp.csv.gz")], new CsvOptions { Missing = missing, Wanted = Wanted });
            SameTable.CheckColumns(text, Read(SameTable.Golden(file), new ColumnOptions { Missing = missing, Wanted = Wanted }));
            Assert.Equal(missing == MissingPolicy.Keep ? 600 : Wanted(["flag"]) ? 348 : 370, text.RowCount);
        }
    }

    [Theory]
    [InlineData("cpp-v2-snappy.parquet")]
    [InlineData("cpp-v2-gzip-plain.parquet")]
    public void Truth_values_in_runs_are_named(string file) =>
        Assert.Contains("column 'flag': has truth values written as runs (RLE, as in data pages of version 2), which are not read here.",
            Assert.Throws<DataException>(() => Read(SameTable.Golden(file))).Message, StringComparison.Ordinal);

    [Fact]
    public void Row_groups_and_dictionaries_are_read_one_after_another()
    {
        static bool Wanted(IReadOnlyList<string> names) => !names.Contains("pair");
        SameTable.CheckColumns(
            CsvReader.Read([SameTable.Golden("many.csv.gz")], new CsvOptions { Missing = MissingPolicy.Skip }),
            Read(SameTable.Golden("many.parquet"), new ColumnOptions { Missing = MissingPolicy.Skip, Wanted = Wanted }));
    }

    [Fact]
    public void Only_the_columns_that_are_wanted_are_read()
    {
        // The pages of the first column, id, are made unreadable; those of price stay.
        byte[] bytes = File.ReadAllBytes(SameTable.Golden("many.parquet"));
        bytes.AsSpan(4, 400).Fill(0xFF);
        using Folder folder = new();
        string path = folder.Add("spoilt.parquet", bytes);
        Table price = Read(path, new ColumnOptions { Missing = MissingPolicy.Keep, Wanted = n => n.Contains("price") });
        Assert.Equal(4200, price.RowCount);
        Assert.Equal(0.37, price.Columns[0].Numbers[37]);
        Assert.Contains("cannot be read as Parquet", Assert.Throws<DataException>(() =>
            Read(path, new ColumnOptions { Wanted = n => n.Contains("id") })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_are_refused_where_they_are_needed()
    {
        DataException e = Assert.Throws<DataException>(() => Read(SameTable.Golden("many.parquet")));
        Assert.Contains("column 'pair': holds lists; expected numbers, text, dates or truth values.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_and_a_pattern_stand_for_their_files()
    {
        using Folder folder = new();
        byte[] bytes = File.ReadAllBytes(SameTable.Golden("types-snappy.parquet"));
        foreach (string name in new[] { "b.parquet", "a.parquet", "_metadata.parquet", ".a.parquet.crc" }) folder.Add(name, bytes);
        folder.Add("_SUCCESS", []);
        ColumnOptions options = new() { Missing = MissingPolicy.Keep };
        Table whole = Read(folder.Path, options);
        Assert.Equal(12, whole.RowCount);
        Assert.Equal($"{Path.Combine(folder.Path, "a.parquet")} + {Path.Combine(folder.Path, "b.parquet")}", whole.Source);
        SameTable.Check(whole, Read(Path.Combine(folder.Path, "?.parquet"), options));
        folder.Add("c.parquet", File.ReadAllBytes(SameTable.Golden("many.parquet")));
        Assert.Contains("c.parquet: has columns id, x, f,", Assert.Throws<DataException>(() => Read(folder.Path, options)).Message,
            StringComparison.Ordinal);
        using Folder empty = new();
        Assert.Contains("is a directory; expected a data file, or a folder of files that end in .parquet",
            Assert.Throws<DataException>(() => Read(empty.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_parquet_net_writes_is_read_group_by_group()
    {
        DataField<double> x = new("x");
        DataField<int?> n = new("n");
        DataField<string> s = new("s");
        DataField<Guid> key = new("key");
        DateTimeDataField at = new("at", DateTimeFormat.Timestamp, true, DateTimeTimeUnit.Millis);
        using Folder folder = new();
        string path = folder.Add("own.parquet", []);
        Guid first = new("00000000-0000-0000-0000-000000000001");
        await using (FileStream file = new(path, FileMode.Create))
        {
            ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(x, n, s, key, at), file);
            await using (writer)
                for (int g = 0; g < 3; g++)
                {
                    using ParquetRowGroupWriter rows = writer.CreateRowGroup();
                    await rows.WriteAsync<double>(x, new[] { g + 0.1, -g });
                    await rows.WriteAsync<int>(n, new int?[] { g, null });
                    await rows.WriteAsync(s, new[] { "a", g == 2 ? null! : "b" });
                    await rows.WriteAsync<Guid>(key, new[] { first, first });
                    await rows.WriteAsync<DateTime>(at, new[] { new DateTime(2024, 1, 31, 10, 20, 30, DateTimeKind.Utc),
                        new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc) });
                }
        }
        string csv = folder.Add("own.csv", """
            x,n,s,key,at
            0.1,0,a,00000000-0000-0000-0000-000000000001,2024-01-31 10:20:30+00
            0,,b,00000000-0000-0000-0000-000000000001,1970-01-01 00:00:00+00
            1.1,1,a,00000000-0000-0000-0000-000000000001,2024-01-31 10:20:30+00
            -1,,b,00000000-0000-0000-0000-000000000001,1970-01-01 00:00:00+00
            2.1,2,a,00000000-0000-0000-0000-000000000001,2024-01-31 10:20:30+00
            -2,,,00000000-0000-0000-0000-000000000001,1970-01-01 00:00:00+00

            """u8.ToArray());
        SameTable.Check(CsvReader.Read([csv], new CsvOptions { Missing = MissingPolicy.Keep }),
            Read(path, new ColumnOptions { Missing = MissingPolicy.Keep }));
    }

    [Fact]
    public async Task A_row_group_that_is_longer_than_a_block_goes_on_where_the_block_ended()
    {
        DataField<double> x = new("x");
        DataField<string> s = new("s");
        using Folder folder = new();
        string path = folder.Add("long.parquet", []);
        await using (FileStream file = new(path, FileMode.Create))
        {
            ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(x, s), file);
            await using (writer)
            {
                using ParquetRowGroupWriter rows = writer.CreateRowGroup();
                await rows.WriteAsync<double>(x, Enumerable.Range(0, 10000).Select(i => i / 8.0).ToArray());
                await rows.WriteAsync(s, Enumerable.Range(0, 10000).Select(i => $"t{i % 11}").ToArray());
            }
        }
        Table table = Read(path);
        for (int i = 0; i < 10000; i++) Assert.Equal((i / 8.0, i % 11), (table.Columns[0].Numbers[i], table.Columns[1].Codes[i]));
    }

    [Fact]
    public void A_file_that_is_damaged_is_refused_in_a_sentence()
    {
        byte[] whole = File.ReadAllBytes(SameTable.Golden("types-snappy.parquet"));
        using Folder folder = new();
        foreach (int length in new[] { 4, 8, 12, 100, whole.Length / 2, whole.Length - 8, whole.Length - 1 })
        {
            DataException e = Assert.Throws<DataException>(() => Read(folder.Add("cut.parquet", whole[..length])));
            Assert.Contains("cut.parquet: cannot be read as Parquet (", e.Message, StringComparison.Ordinal);
        }
        // Changed bytes may be values that are as good as the others; nothing but a sentence may come of them.
        Random random = new(5);
        for (int k = 0; k < 40; k++)
        {
            byte[] spoilt = [.. whole];
            spoilt[random.Next(4, whole.Length - 8)] ^= (byte)(1 << random.Next(8));
            string path = folder.Add("spoilt.parquet", spoilt);
            if (Record.Exception(() => Read(path, new ColumnOptions { Missing = MissingPolicy.Keep })) is { } e)
                Assert.True(e is DataException, e.ToString());
        }
    }

    [Theory]
    [InlineData("types-snappy.parquet")]
    [InlineData("types-v2-zstd.parquet")]
    public async Task A_number_changed_anywhere_is_a_value_or_a_sentence_and_takes_little_memory(string file)
    {
        byte[] whole = await File.ReadAllBytesAsync(SameTable.Golden(file));
        using Folder folder = new();
        List<string> said = [];
        // Those that every file has in a writing that is read.
        string[] known = ["i64", "u64", "f", "d", "dec38", "s", "b", "tod"];
        ColumnOptions options = new() { Missing = MissingPolicy.Keep, Wanted = names => names.Any(known.Contains) };
        // The largest number of 32 bits as Thrift writes it, and 0.
        foreach (byte[] number in (byte[][])[[0xFE, 0xFF, 0xFF, 0xFF, 0x0F], [0]])
        {
            for (int at = 4; at < whole.Length - 12; at += 4)
            {
                byte[] spoilt = [.. whole];
                number.CopyTo(spoilt, at);
                string path = folder.Add("spoilt.parquet", spoilt);
                long before = GC.GetTotalAllocatedBytes();
                Task<Exception?> read = Task.Run<Exception?>(() =>
                    Record.Exception(() => Read(path, options)));
                Assert.True(await Task.WhenAny(read, Task.Delay(TimeSpan.FromMinutes(2))) == read,
                    $"{number.Length} bytes at {at}: no end");
                Exception? e = await read;
                Assert.True(e is null or DataException, $"{number.Length} bytes at {at}: {e}");
                Assert.True(GC.GetTotalAllocatedBytes() - before <= (64L << 20) + (20 * whole.Length),
                    $"{GC.GetTotalAllocatedBytes() - before} bytes are taken for {number.Length} bytes at {at}: {e}");
                if (e is not null) said.Add(e.Message);
            }
        }
        // Each of the checks had something to find.
        Assert.Contains(said, m => m.Contains("makes no sense", StringComparison.Ordinal));
        string[] ofPages = ["the pages of a column hold", "values for", "a page promises"];
        Assert.Contains(said, m => ofPages.Any(w => m.Contains(w, StringComparison.Ordinal)));
    }

    /// <summary>A folder that lives as long as a test.</summary>
    sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("descent-parquet-").FullName;

        public string Add(string name, byte[] bytes)
        {
            string path = System.IO.Path.Combine(Path, name);
            File.WriteAllBytes(path, bytes);
            return path;
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
