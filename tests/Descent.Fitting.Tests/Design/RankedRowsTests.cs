using System.IO.Compression;
using Descent.Data;
using Descent.Fitting.Design;
using Descent.Numerics;

namespace Descent.Fitting.Tests.Design;

/// <summary>Files read by ranks (threads of one process here) against the same files read whole.</summary>
public sealed class RankedRowsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    // Lines of many lengths, so that ranges end in the middle of them; the last one without a line feed.
    static string Lines(int rows, Func<int, string> label) => string.Join('\n', Enumerable.Range(0, rows)
        .Select(i => label(i) + string.Concat(Enumerable.Range(1, 1 + (i * 7 % 11)).Select(j => $" {j * 2}:{i}.{j}"))));

    [Theory]
    [InlineData(2, 100)]
    [InlineData(3, 101)]
    [InlineData(5, 7)]
    [InlineData(7, 5)]
    public void Parts_make_the_rows_of_the_whole(int ranks, int rows) => Compare(ranks, Lines(rows, i => $"{i % 2}"));

    [Fact]
    public void A_column_0_in_one_part_renumbers_all() => Compare(4, Lines(60, i => i == 50 ? "1 0:3" : "0"));

    [Fact]
    public void Comments_empty_lines_and_carriage_returns_belong_to_their_parts() => Compare(3,
        "# head\r\n\r\n" + Lines(40, i => $"{i % 2}").Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n# end\r\n");

    [Fact]
    public void A_fault_has_the_line_of_the_whole_file()
    {
        string path = Write(Lines(80, i => i == 60 ? "word" : "1"));
        LocalRanks.Run(3, group =>
        {
            using DataSource source = DataSource.Open(path);
            Assert.Null(RankedRows.Read(group, [source], new()));
            string said = Assert.Throws<DataException>(() => LibsvmReader.Read<double>([source], new LibsvmOptions())).Message;
            Assert.Contains("line 61", said, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_line_is_in_one_part_and_none_reads_the_rest()
    {
        string text = Lines(200, i => "1"), joined = "";
        using DataSource source = DataSource.Open(Write(text));
        for (int p = 0; p < 6; p++)
        {
            using DataSource part = source.Part(p, 6)!;
            Assert.True(part.HeadIsAll && part.Head.Length < text.Length / 3);
            joined += System.Text.Encoding.UTF8.GetString(part.Head);
        }
        Assert.Equal(text, joined);
    }

    // Files lie one behind another: a rank may have the end of one, a whole one and the beginning of a third, or nothing.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    public void Several_files_are_cut_as_one_and_packed_ones_are_not_cut(int ranks)
    {
        string[] paths = [Write(Lines(40, i => "1"), "a.svm"), Pack(Lines(70, i => "0"), "b.svm.gz"), Write("", "c.svm"),
            Write(Lines(25, i => $"{i}"), "d.svm"), Pack(Lines(3, i => "0"), "e.svm.gz")];
        Compare(ranks, paths, all => Assert.Equal(ranks, all));
    }

    // The first 0 among the column numbers is in the last file, and parts of no entry do not know how columns are numbered.
    [Fact]
    public void Rows_without_an_entry_neither_widen_the_rows_nor_number_them() => Compare(3,
        [Write("1\n0\n1\n0\n1\n0\n1\n0\n1 0:3\n")], all => Assert.Equal(3, all));

    // The line of the first row that is left out is counted from the beginning of the file.
    [Fact]
    public void Rows_that_are_left_out_are_the_wholes_affair()
    {
        string path = Write(Lines(80, i => i == 60 ? "word" : "1"));
        LocalRanks.Run(3, group =>
        {
            using DataSource source = DataSource.Open(path);
            Assert.Null(RankedRows.Read(group, [source], new() { SkipBadRows = true }));
        });
    }

    // The widest row says how wide all are, whoever reads it.
    [Theory]
    [InlineData(3)]
    [InlineData(45)]
    [InlineData(88)]
    public void The_widest_row_may_lie_in_any_part(int row) => Compare(3,
        string.Concat(Enumerable.Range(0, 90).Select(i => i == row ? "1 2:5 999:1\n" : $"0 {1 + (i % 7)}:2 9:1\n")));

    // Ranks that went on alone would wait for each other in calls that do not belong together.
    [Fact]
    public void A_file_that_one_rank_cannot_open_ends_all_of_them()
    {
        string path = Write(Lines(90, i => "1"));
        string[] said = new string[3];
        LocalRanks.Run(3, group => said[group.Rank] = Assert.Throws<DataException>(() => DataLoader.Load(
            new FitSpec(new DataSpec([group.Rank == 1 ? path + ".not" : path]), new ModelSpec()) { Ranks = group })).Message);
        Assert.StartsWith($"{path}.not: no such file.", said[1], StringComparison.Ordinal);
        Assert.Equal("rank 1 of 3: " + said[1], said[0]);
        Assert.Equal(said[0], said[2]);
    }

    [Fact]
    public void Ranks_that_see_other_files_say_so_in_the_same_words()
    {
        string full = Write(Lines(90, i => "1"), "a.svm"), cut = Write(Lines(89, i => "1"), "b.svm");
        int said = 0;
        LocalRanks.Run(3, group =>
        {
            using DataSource source = DataSource.Open(group.Rank == 2 ? cut : full);
            DataException e = Assert.Throws<DataException>(() => RankedRows.Read(group, [source], new()));
            if (e.Message.Contains($"has {new FileInfo(full).Length} bytes where rank 0 runs and {new FileInfo(cut).Length} where rank 2",
                StringComparison.Ordinal)) Interlocked.Increment(ref said);
        });
        Assert.Equal(3, said);
    }

    [Theory]
    [InlineData(3, 16)]
    [InlineData(4, 8)]
    [InlineData(2, 1 << 20)]
    public void Parts_of_any_length_come_together_block_by_block(int ranks, int block)
    {
        long[] lengths = [.. Enumerable.Range(0, ranks).Select(r => 5L * r)];
        LocalRanks.Run(ranks, group =>
        {
            double[] all = new double[lengths.Sum()];
            for (long i = lengths.Take(group.Rank).Sum(), end = i + lengths[group.Rank]; i < end; i++) all[i] = i;
            RankedReading.Gather<double>(group, all, lengths, block);
            Assert.Equal([.. Enumerable.Range(0, all.Length).Select(i => (double)i)], all);
        });
    }

    // What is counted is what the file gave: its own range, what was looked at first, and where its lines begin.
    [Fact]
    public void No_rank_reads_more_than_its_range_and_what_is_looked_at_first()
    {
        string path = Write(Lines(40_000, i => $"{i % 2}"));
        long length = new FileInfo(path).Length;
        long[] read = new long[4];
        FitSpec spec = new(new DataSpec([path]), new ModelSpec());
        LocalRanks.Run(4, group => read[group.Rank] = DataLoader.Load(spec with { Ranks = group }).BytesRead!.Value.Read);
        Assert.All(read, r => Assert.InRange(r, length / 4, (length / 4) + (2 << 16) + (4 << 12)));
        Assert.Equal((length, length), DataLoader.Load(spec).BytesRead);
    }

    // Without a cache rows are brought to all and lie on the heap of each; with one, all map the file that rank 0 has written.
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void With_a_cache_every_rank_maps_the_rows_of_one_file(bool asked, bool there)
    {
        string path = Write(Lines(300, i => $"{i % 2}"));
        string[] said = new string[3];
        bool[] mapped = new bool[3];
        if (there) Load(null, new CacheSpec { Write = true }, out _);
        LocalRanks.Run(3, group => mapped[group.Rank] = Load(group, new CacheSpec { Write = asked }, out said[group.Rank]));
        if (!asked && !there)
        {
            Assert.Equal([false, false, false], mapped);
            return;
        }
        Assert.Equal([there, true, true], mapped);
        Assert.Contains(there ? "read from the cache" : "cache written", said[0], StringComparison.Ordinal);
        Assert.All(said[1..], s => Assert.Contains("read from the cache", s, StringComparison.Ordinal));
        Assert.Single(Directory.EnumerateFiles(folder, "*.descent-cache"));

        bool Load(IRankGroup? group, CacheSpec cache, out string notes)
        {
            using DataSource source = DataSource.Open(path);
            List<string> all = [];
            FitSpec spec = new(new DataSpec([path]) { Cache = cache }, new ModelSpec()) { Ranks = group };
            SparseData<double> data = RankedRows.Load(spec, [source], new LibsvmOptions { Compact = true }, all);
            notes = string.Join('\n', all);
            Assert.Equal(300, data.Rows.Count);
            return data.Rows.Parts.Values.IsMapped;
        }
    }

    // A part without a row is no part: then each rank reads the whole.
    void Compare(int ranks, string text) => Compare(ranks, [Write(text)],
        shared => Assert.True(shared == ranks || text.Split('\n').Length < 3 * ranks));

    static void Compare(int ranks, string[] paths, Action<int> shares)
    {
        SparseData<double> whole = LibsvmReader.Read<double>(paths);
        int shared = 0;
        LocalRanks.Run(ranks, group =>
        {
            DataSource[] sources = DataSource.OpenAll(paths);
            SparseData<double>? read = RankedRows.Read(group, sources, new());
            foreach (DataSource s in sources) s.Dispose();
            if (read is null) return;
            Interlocked.Increment(ref shared);
            Assert.Equal(whole.Labels, read.Labels);
            Assert.Equal((whole.ZeroBased, whole.Bytes, whole.Rows.Columns, whole.Rows.Entries),
                (read.ZeroBased, read.Bytes, read.Rows.Columns, read.Rows.Entries));
            for (int i = 0; i < whole.Rows.Count; i++)
            {
                Assert.Equal(whole.Rows.IndicesOf(i).ToArray(), read.Rows.IndicesOf(i).ToArray());
                Assert.Equal(whole.Rows.ValuesOf(i).ToArray(), read.Rows.ValuesOf(i).ToArray());
            }
        });
        shares(shared);
    }

    string Write(string text, string name = "a.svm")
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    string Pack(string text, string name)
    {
        string path = Path.Combine(folder, name);
        using GZipStream packed = new(File.Create(path), CompressionLevel.Fastest);
        packed.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return path;
    }
}
