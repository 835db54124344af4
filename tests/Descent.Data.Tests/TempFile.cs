using System.IO.Compression;

namespace Descent.Data.Tests;

/// <summary>A file that lives as long as a test.</summary>
sealed class TempFile : IDisposable
{
    public TempFile(string text)
        : this(System.Text.Encoding.UTF8.GetBytes(text))
    {
    }

    public TempFile(byte[] bytes)
    {
        Path = System.IO.Path.GetTempFileName();
        File.WriteAllBytes(Path, bytes);
    }

    public string Path { get; }

    public static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream target = new();
        using (GZipStream gzip = new(target, CompressionLevel.Optimal)) gzip.Write(bytes);
        return target.ToArray();
    }

    public void Dispose() => File.Delete(Path);
}
