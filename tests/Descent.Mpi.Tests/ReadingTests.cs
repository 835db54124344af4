using System.IO.Compression;
using System.Text.Json;

namespace Descent.Mpi.Tests;

/// <summary>What each rank reads of the files, as rank 0 writes it down; the weights are those of one process.</summary>
[Collection(nameof(MpiCollection))]
public sealed class ReadingTests(TestData data)
{
    // What is looked at before the range is known: the beginning of the file, and where the lines of the range begin.
    const long Head = 2 << 16, Lines = 4 << 12, FirstRows = 1 << 20;

    [MpiTheory(slow: true)]
    [Trait("Tier", "Slow")]
    [InlineData(2)]
    [InlineData(4)]
    public void Each_rank_of_Open_MPI_reads_its_range(int ranks) => Both(MpiKind.OpenMpi, ranks);

    [MpiTheory(MpiKind.Mpich, slow: true)]
    [Trait("Tier", "Slow")]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_rank_of_MPICH_reads_its_range(int ranks) => Both(MpiKind.Mpich, ranks);

    // Packed files are not cut: four of them for two ranks, of which each looks at the beginning of every one.
    [MpiFact(slow: true)]
    [Trait("Tier", "Slow")]
    public void Packed_files_are_dealt_out()
    {
        string[] lines = File.ReadAllLines(data.Sparse);
        string place = data.NewFolder();
        string[] files = [.. Enumerable.Range(0, 4).Select(k =>
        {
            string path = Path.Combine(place, $"part{k}.svm.gz");
            using StreamWriter to = new(new GZipStream(File.Create(path), CompressionLevel.Fastest));
            foreach (string line in lines[(3000 * k)..(3000 * (k + 1))]) to.WriteLine(line);
            return path;
        })];
        Read(MpiKind.OpenMpi, 2, files, [], 5 * Head);
    }

    void Both(MpiKind kind, int ranks)
    {
        Read(kind, ranks, [data.Sparse], [], Head + Lines);
        Read(kind, ranks, [Wide()], ["--target", "y"], FirstRows + Head + Head + Lines);
    }

    void Read(MpiKind kind, int ranks, string[] files, string[] more, long beside)
    {
        long length = files.Sum(f => new FileInfo(f).Length);
        string place = data.NewFolder();
        string[] words = ["fit", .. files, .. more, "--model", "logistic", "--method", "lbfgs", "--epochs", "5", "--quiet", "--run", "R"];
        using MpiJob job = MpiJob.Ranks(kind, ranks, place, [.. words, "--out", "m.json"]);
        (int code, string text, string error) = job.End();
        Assert.True(code is 0 or 4, text + error);
        IsShared(Path.Combine(place, "R"), ranks, length, beside);
        Assert.Equal(data.Single(words), File.ReadAllBytes(Path.Combine(place, "m.json")));
    }

    /// <summary>Every rank read its share of so many bytes, and little beside.</summary>
    public static void IsShared(string run, int ranks, long length, long beside = Head + Lines)
    {
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "result.json")));
        JsonElement traffic = result.RootElement.GetProperty("traffic");
        Assert.Equal(length, traffic.GetProperty("fileBytes").GetInt64());
        long[] read = [.. traffic.GetProperty("ranks").EnumerateArray().Select(r => r.GetProperty("read").GetInt64())];
        Assert.Equal(ranks, read.Length);
        Assert.All(read, r => Assert.InRange(r, (length / ranks) - (length / 20), (length / ranks) + (length / 20) + beside));
        Assert.True((length / ranks) + (length / 20) + beside < length);
    }

    // The table four times over, so that its beginning is the lesser part of it.
    string Wide()
    {
        string path = Path.Combine(data.NewFolder(), "wide.csv");
        string[] lines = File.ReadAllLines(data.Table);
        File.WriteAllLines(path, [lines[0], .. Enumerable.Repeat(lines[1..], 4).SelectMany(l => l)]);
        return path;
    }
}
