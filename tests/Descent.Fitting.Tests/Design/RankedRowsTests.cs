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

    void Compare(int ranks, string text)
    {
        string path = Write(text);
        SparseData<double> whole = LibsvmReader.Read<double>([path]);
        int shared = 0;
        LocalRanks.Run(ranks, group =>
        {
            using DataSource source = DataSource.Open(path);
            if (RankedRows.Read(group, [source], new()) is not { } read) return;
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
        // A part without a row is no part: then each rank reads the whole.
        Assert.True(shared == ranks || text.Split('\n').Length < 3 * ranks);
    }

    string Write(string text)
    {
        string path = Path.Combine(folder, "a.svm");
        File.WriteAllText(path, text);
        return path;
    }
}
