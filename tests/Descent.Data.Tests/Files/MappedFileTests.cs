using Descent.Data.Files;

namespace Descent.Data.Tests.Files;

/// <summary>Room on a disk keeps what is written into it, also while its pages are given back, and leaves nothing behind.</summary>
public sealed class MappedFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public void Scratch_keeps_its_content_and_has_no_name()
    {
        MappedFile file = MappedFile.Scratch(folder, 8 << 20);
        Slab<double> slab = file.Slab<double>(0, 1 << 20);
        for (int i = 0; i < slab.Length; i++) slab[i] = i * 0.5;
        file.Release();
        for (int i = 0; i < slab.Length; i++) Assert.Equal(i * 0.5, slab[i]);
        if (!OperatingSystem.IsWindows()) Assert.Empty(Directory.GetFileSystemEntries(folder));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Slab<double>(8, 1 << 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Slab<double>(4, 1));
        file.Close();
        file.Release();
    }

    [Fact]
    public void Rows_in_mapped_memory_give_the_bits_of_rows_in_arrays()
    {
        const int Rows = 500, Columns = 37;
        Draws draws = new(11);
        double[] x = [.. Enumerable.Range(0, Rows * Columns).Select(_ => draws.NextNormal())], w = x[..Columns];
        Slab<double> mapped = MappedFile.Scratch(folder, x.Length * sizeof(double)).Slab<double>(0, x.Length);
        new Slab<double>(x).CopyTo(mapped, x.Length);
        double[] a = new double[Rows], b = new double[Rows], g = new double[Columns], h = new double[Columns];
        DenseRows<double> one = new(x, Rows, Columns), other = new(mapped, Rows, Columns);
        one.Dots(0, w, a);
        other.Dots(0, w, b);
        Assert.Equal(a, b);
        one.AddScaled(0, a, g);
        other.AddScaled(0, a, h);
        Assert.Equal(g, h);
    }
}
