using System.Globalization;
using System.Text;
using Descent.Data.Caching;

namespace Descent.Data.Tests.Caching;

/// <summary>A cache gives the bits that the text gives; a stale or damaged one is found, said, and never used.</summary>
public sealed class CacheTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;
    readonly List<string> notes = [];

    public void Dispose() => Directory.Delete(folder, true);

    static CacheSpec Keep { get; } = new() { Write = true };

    string Sparse(int rows = 3000)
    {
        string path = Path.Combine(folder, "rows.svm");
        File.WriteAllText(path, string.Concat(Enumerable.Range(1, rows).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{i % 2} {(i * 3) - 2}:{Math.Sqrt(i):R} 20000:{1.0 / i:R}\n"))));
        return path;
    }

    string Columns(string name = "table.csv")
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, "y,x,colour,other\n" + string.Concat(Enumerable.Range(0, 3000).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{i % 2},{(i % 7 == 0 ? "NA" : $"{Math.Sqrt(i):R}")},"
                + $"{(i % 3 == 0 ? "red" : "blue")},{i}\n"))));
        return path;
    }

    SparseData<double> Rows(string path, CacheSpec spec)
    {
        notes.Clear();
        return SparseCache.Read([DataSource.Open(path)], new LibsvmOptions { Compact = true }, spec, notes);
    }

    Table Table(string path, CacheSpec spec, params string[] wanted)
    {
        notes.Clear();
        return TableCache.Read([DataSource.Open(path)], new CsvOptions
        {
            Missing = MissingPolicy.Keep,
            Wanted = wanted.Length == 0 ? null : names => names.Any(wanted.Contains),
        }, spec, notes);
    }

    string Cache => Assert.Single(Directory.GetFiles(folder, "*" + CacheKey.Ending));

    static void Same(SparseData<double> a, SparseData<double> b)
    {
        Assert.Equal(a.Labels, b.Labels);
        Assert.Equal(a.Numbers, b.Numbers);
        Assert.Equal((a.TextColumns, a.ZeroBased, a.Bytes, a.Skipped, a.FirstSkip),
            (b.TextColumns, b.ZeroBased, b.Bytes, b.Skipped, b.FirstSkip));
        for (int i = 0; i < a.Rows.Count; i++)
        {
            Assert.Equal(a.Rows.IndicesOf(i).ToArray(), b.Rows.IndicesOf(i).ToArray());
            Assert.Equal(a.Rows.ValuesOf(i).ToArray(), b.Rows.ValuesOf(i).ToArray());
        }
    }

    [Fact]
    public void Rows_from_a_cache_are_the_rows_of_the_text()
    {
        string path = Sparse();
        SparseData<double> text = Rows(path, new CacheSpec { Use = false }), first = Rows(path, Keep);
        Assert.Contains("cache written", Assert.Single(notes), StringComparison.Ordinal);
        Same(text, first);
        // Without another word a cache that is there is used.
        SparseData<double> cached = Rows(path, new CacheSpec());
        Assert.Contains("read from the cache", Assert.Single(notes), StringComparison.Ordinal);
        Assert.True(cached.Rows.Parts.Values.IsMapped);
        Same(text, cached);
    }

    [Fact]
    public void A_table_from_a_cache_is_the_table_of_the_text_and_may_be_changed()
    {
        string path = Columns();
        Table text = Table(path, new CacheSpec { Use = false });
        Table(path, Keep);
        for (int round = 0; round < 2; round++)
        {
            Table cached = Table(path, new CacheSpec());
            Assert.Contains("read from the cache", Assert.Single(notes), StringComparison.Ordinal);
            Assert.Equal(text.AllNames, cached.AllNames);
            Assert.Equal(text.Notes, cached.Notes);
            Assert.Equal(text.Columns[1].Numbers.ToArray(), cached.Columns[1].Numbers.ToArray());
            Assert.Equal(text.Columns[1].Missing, cached.Columns[1].Missing);
            Assert.Equal(text.Columns[2].Codes.ToArray(), cached.Columns[2].Codes.ToArray());
            Assert.Equal(text.Columns[2].Levels, cached.Columns[2].Levels);
            // What is changed is a copy: the next round finds the cache as it was.
            Assert.Equal(text.Columns[1].Missing, cached.Columns[1].FillMissing(5));
            bool[] even = [.. Enumerable.Range(0, 3000).Select(i => i % 2 == 0)];
            cached.Keep(even);
            Assert.Equal(1500, cached.RowCount);
        }
    }

    [Fact]
    public void Another_choice_of_columns_is_read_from_the_text()
    {
        string path = Columns();
        Table(path, Keep, "y", "x");
        Assert.Equal(2, Table(path, new CacheSpec(), "y", "x").Columns.Count);
        Assert.Contains("read from the cache", Assert.Single(notes), StringComparison.Ordinal);
        foreach (string[] other in (string[][])[["y", "x", "colour"], ["y"], ["y", "other"]])
        {
            Assert.Equal(other.Length, Table(path, new CacheSpec(), other).Columns.Count);
            Assert.Contains("other columns; the text is read again", Assert.Single(notes), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 3)]
    [InlineData(true, 0)]
    public void A_stale_cache_is_made_anew(bool sameLength, int later)
    {
        string path = Sparse();
        Rows(path, Keep);
        string text = File.ReadAllText(path);
        DateTime before = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path, sameLength ? string.Concat("0", text.AsSpan(1)) : text + "1 7:7\n");
        File.SetLastWriteTimeUtc(path, before.AddSeconds(later));
        SparseData<double> read = Rows(path, Keep);
        Assert.Contains("is stale", notes[0], StringComparison.Ordinal);
        Same(Rows(path, new CacheSpec { Use = false }), read);
        Same(read, Rows(path, new CacheSpec()));
        Assert.Contains("read from the cache", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_changed_byte_is_found()
    {
        string path = Sparse(300);
        SparseData<double> text = Rows(path, Keep);
        byte[] good = File.ReadAllBytes(Cache);
        List<(long Offset, long End)> used = Used(good);
        Random random = new(5);
        for (int k = 0; k < 400; k++)
        {
            byte[] bad = [.. good];
            int at = k < 60 ? k : random.Next(bad.Length);
            bad[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(Cache, bad);
            SparseData<double> read = Rows(path, new CacheSpec());
            Same(text, read);
            // Between sections lie zeros that nobody reads.
            if (used.Any(u => at >= u.Offset && at < u.End))
                Assert.Contains("the text is read again", Assert.Single(notes), StringComparison.Ordinal);
        }
        foreach (int length in (int[])[0, 1, 8, 23, 24, 100, good.Length / 2, good.Length - 1])
        {
            File.WriteAllBytes(Cache, good[..length]);
            Same(text, Rows(path, new CacheSpec()));
            Assert.DoesNotContain("read from", string.Concat(notes), StringComparison.Ordinal);
        }
        File.WriteAllBytes(Cache, [.. good, 0]);
        Rows(path, new CacheSpec());
        Assert.Contains("damaged", Assert.Single(notes), StringComparison.Ordinal);
        // The command that writes caches mends it.
        Rows(path, Keep);
        Assert.Equal(good, File.ReadAllBytes(Cache));
    }

    // A header that was changed and given its checksum again: whatever it says, the text is read, or the same rows.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_header_that_lies_is_not_believed(bool sparse)
    {
        string path = sparse ? Sparse(300) : Columns();
        if (sparse) Rows(path, Keep);
        else Table(path, Keep);
        byte[] good = File.ReadAllBytes(Cache);
        int length = BitConverter.ToInt32(good, 12);
        Random random = new(9);
        for (int k = 0; k < 400; k++)
        {
            byte[] bad = [.. good];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                bad[CacheFile.HeadLength + random.Next(length)] = (byte)(random.Next(3) == 0 ? 255 : random.Next(256));
            BitConverter.TryWriteBytes(bad.AsSpan(16),
                System.IO.Hashing.XxHash3.HashToUInt64(bad.AsSpan(CacheFile.HeadLength, length), CacheFile.Version));
            File.WriteAllBytes(Cache, bad);
            if (sparse) Assert.Equal(300, Rows(path, new CacheSpec()).Rows.Count);
            else Assert.Equal(3000, Table(path, new CacheSpec()).RowCount);
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_written_costs_the_cache_alone()
    {
        string path = Sparse();
        string no = Path.Combine(path, "folder");
        SparseData<double> read = Rows(path, new CacheSpec { Write = true, Folder = no });
        Assert.StartsWith("no cache: ", Assert.Single(notes), StringComparison.Ordinal);
        Same(Rows(path, new CacheSpec { Use = false }), read);
    }

    // Head, header and sections as the header says them.
    static List<(long, long)> Used(byte[] file)
    {
        int length = BitConverter.ToInt32(file, 12);
        List<(long, long)> used = [(0, CacheFile.HeadLength + length)];
        using BinaryReader r = new(new MemoryStream(file, CacheFile.HeadLength, length), Encoding.UTF8);
        r.ReadString();
        r.ReadString();
        for (int left = r.ReadInt32(); left > 0; left--)
        {
            (long offset, long bytes) = (r.ReadInt64(), r.ReadInt64());
            used.Add((offset, offset + bytes));
            for (long at = 0; at < bytes; at += CacheFile.Block) r.ReadUInt64();
        }
        return used;
    }

    [Fact]
    public void What_killed_writers_of_caches_leave_goes_with_the_next_cache_and_nothing_else_does()
    {
        string Part(int k, byte[] bytes)
        {
            string path = Path.Combine(folder, $".descent-{k:x20}.part");
            File.WriteAllBytes(path, bytes);
            return path;
        }
        string half = Part(1, [.. "DESCENTC"u8, 2, 0, 0]), empty = Part(2, []), model = Part(3, [.. "{\"format\""u8]),
            written = Part(4, [.. "DESCENTC"u8]), other = Path.Combine(folder, ".descent-mine.part");
        File.WriteAllBytes(other, [.. "DESCENTC"u8]);
        using (new FileStream(written, FileMode.Open, FileAccess.Write, FileShare.None)) Rows(Sparse(), Keep);
        Assert.Equal((false, false, true, true, true),
            (File.Exists(half), File.Exists(empty), File.Exists(model), File.Exists(written), File.Exists(other)));
    }

    [Fact]
    public void Sparse_rows_whose_columns_are_none_of_the_text_are_damage()
    {
        string path = Sparse(3);
        Rows(path, Keep);
        byte[] bytes = File.ReadAllBytes(Cache);
        // The last section has the numbers of the columns; with one of them changed, its checksum in the header is made right again.
        byte[] sum = BitConverter.GetBytes(System.IO.Hashing.XxHash3.HashToUInt64(bytes.AsSpan(Section(bytes)), 0));
        bytes[^1] = 0x7F;
        byte[] now = BitConverter.GetBytes(System.IO.Hashing.XxHash3.HashToUInt64(bytes.AsSpan(Section(bytes)), 0));
        int at = bytes.AsSpan().IndexOf(sum), header = BitConverter.ToInt32(bytes, 12);
        Assert.True(at > 0);
        now.CopyTo(bytes, at);
        BitConverter.GetBytes(System.IO.Hashing.XxHash3.HashToUInt64(bytes.AsSpan(CacheFile.HeadLength, header), CacheFile.Version))
            .CopyTo(bytes, 16);
        File.WriteAllBytes(Cache, bytes);
        Assert.Equal(3, Rows(path, new()).Rows.Count);
        Assert.Contains("stands for column", Assert.Single(notes), StringComparison.Ordinal);

        static Range Section(byte[] all) => ((all.Length - 1) / CacheFile.Alignment * CacheFile.Alignment)..all.Length;
    }
}
