using Descent.Estimating;

namespace Descent.Bench;

/// <summary>Three quantiles of raw doubles in one pass, reading included, against sorting them all.</summary>
static class Quantiles
{
    const int Count = 20_000_000;
    static readonly double[] Taus = [0.5, 0.9, 0.99];

    public static void Run()
    {
        string path = Path.GetTempFileName();
        try
        {
            Write(path);
            Console.WriteLine("Three quantiles of 20 million doubles in a file, in the page cache, one thread.\n");
            Interleaved.Run(5, "million numbers/s", Count / 1e6,
                ("read all, Array.Sort", () => Sorted(path)),
                ("read alone", () => Read(path, _ => { })),
                ("Descent, one pass", () => Streamed(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    static void Write(string path)
    {
        Draws draws = new(1);
        double[] block = new double[1 << 16];
        using FileStream file = File.Create(path);
        for (int left = Count; left > 0; left -= block.Length)
        {
            Span<double> part = block.AsSpan(0, Math.Min(left, block.Length));
            for (int i = 0; i < part.Length; i++) part[i] = draws.NextNormal();
            file.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(part));
        }
    }

    static void Sorted(string path)
    {
        List<double> all = new(Count);
        Read(path, b => all.AddRange(b));
        all.Sort();
    }

    static void Streamed(string path)
    {
        StreamingQuantile[] all = [.. Taus.Select(t => new StreamingQuantile(t))];
        Read(path, b =>
        {
            foreach (StreamingQuantile q in all) q.Add(b);
        });
        if (!all.All(q => double.IsFinite(q.Estimate().Estimate))) throw new InvalidOperationException("An estimate is not finite.");
    }

    delegate void Taking(ReadOnlySpan<double> block);

    static void Read(string path, Taking take)
    {
        byte[] bytes = new byte[1 << 19];
        using FileStream file = File.OpenRead(path);
        for (int n; (n = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 0;)
            take(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(bytes.AsSpan(0, n)));
    }
}
