using System.Globalization;
using System.Text;
using Descent.Data;
using Descent.Data.Caching;

namespace Descent.Fuzz;

/// <summary>A text with a cache beside it, of which the path and the key are taken.</summary>
sealed class CacheText
{
    readonly string path;
    readonly bool sparse;

    public CacheText(string path, bool sparse)
    {
        (this.path, this.sparse) = (path, sparse);
        File.WriteAllText(path, string.Concat(Enumerable.Range(0, 12).Select(i => sparse
            ? string.Create(CultureInfo.InvariantCulture, $"{i % 2} {i + 1}:{i * 0.25} 20:{i}\n")
            : i == 0 ? "y,x,colour\n"
                : string.Create(CultureInfo.InvariantCulture, $"{i % 2},{i * 0.25},{(i % 3 == 0 ? "red" : "blue")}\n"))));
        Read(new CacheSpec { Use = false, Write = true }, []);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Cache = Directory.GetFiles(folder, Path.GetFileName(path) + ".*" + CacheKey.Ending).Single();
        Key = KeyOf(File.ReadAllBytes(Cache));
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            File.Delete(Cache);
            File.Delete(path);
        };
    }

    /// <summary>Where its cache lies.</summary>
    public string Cache { get; }

    /// <summary>The two words of the key as the header has them.</summary>
    public byte[] Key { get; }

    /// <summary>Reads the text or its cache, and looks at every number.</summary>
    public void Read(CacheSpec spec, List<string> notes)
    {
        DataSource[] sources = [DataSource.Open(path)];
        if (!sparse)
        {
            Uses.Of(TableCache.Read(sources, new CsvOptions { Missing = MissingPolicy.Keep }, spec, notes));
            return;
        }
        SparseData<double> data = SparseCache.Read(sources, new LibsvmOptions { Compact = true }, spec, notes);
        // Columns that few numbers name are many without being held; a vector over them is the caller's.
        double[] w = new double[Math.Min(data.Rows.Columns, 1 << 16)];
        for (int i = 0; w.Length == data.Rows.Columns && i < data.Rows.Count; i++) w[0] += data.Labels[i] + data.Rows.Dot(i, w);
        if (data.Numbers is { } numbers && numbers.Any(n => n < 0 || n >= data.TextColumns))
            throw new InvalidOperationException("a column behind the last");
    }

    static byte[] KeyOf(byte[] cache)
    {
        using BinaryReader r = new(new MemoryStream(cache, CacheFile.HeadLength, cache.Length - CacheFile.HeadLength), Encoding.UTF8);
        using MemoryStream to = new();
        using BinaryWriter w = new(to);
        w.Write(r.ReadString());
        w.Write(r.ReadString());
        return to.ToArray();
    }
}
