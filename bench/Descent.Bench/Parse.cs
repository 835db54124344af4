using System.Globalization;
using Descent.Data;

namespace Descent.Bench;

/// <summary>Reading LIBSVM and CSV text against readers built on double.Parse.</summary>
static class Parse
{
    public static void Run()
    {
        string folder = Directory.CreateTempSubdirectory("descent-bench").FullName;
        try
        {
            Libsvm(Path.Combine(folder, "sparse.svm"));
            Csv(Path.Combine(folder, "short.csv"), "0.######", "CSV, numbers of up to 6 decimals");
            Csv(Path.Combine(folder, "long.csv"), "E16", "CSV, numbers of 17 digits");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    static void Libsvm(string path)
    {
        var (rows, labels) = Synthetic.Sparse(500_000, 1_000_000, 20250101);
        Synthetic.Write(path, rows, labels);
        double mb = new FileInfo(path).Length / 1e6;
        Console.WriteLine(FormattableString.Invariant($"LIBSVM text, {mb:0} MB, in the page cache, one thread.\n"));
        Interleaved.Run(3, "MB/s", mb,
            ("ReadLines, Split, double.Parse", () => NaiveLibsvm(path)),
            ("Descent", () => LibsvmReader.Read<float>([path])));
        Console.WriteLine();
    }

    static void NaiveLibsvm(string path)
    {
        List<int> indices = [];
        List<float> values = [];
        foreach (string line in File.ReadLines(path))
        {
            foreach (string part in line.Split(' ').Skip(1))
            {
                string[] pair = part.Split(':');
                indices.Add(int.Parse(pair[0], CultureInfo.InvariantCulture));
                values.Add((float)double.Parse(pair[1], CultureInfo.InvariantCulture));
            }
        }
    }

    static void Csv(string path, string format, string title)
    {
        Draws draws = new(1);
        using (StreamWriter w = new(path))
        {
            w.WriteLine(string.Join(',', Enumerable.Range(0, 20).Select(j => "x" + j)));
            for (int i = 0; i < 400_000; i++)
                w.WriteLine(string.Join(',',
                    Enumerable.Range(0, 20).Select(_ => draws.NextNormal().ToString(format, CultureInfo.InvariantCulture))));
        }
        double mb = new FileInfo(path).Length / 1e6;
        Console.WriteLine(FormattableString.Invariant($"{title}, {mb:0} MB, in the page cache, one thread.\n"));
        Interleaved.Run(5, "MB/s", mb,
            ("ReadLines, Split, double.Parse", () => NaiveCsv(path)),
            ("Descent", () => CsvReader.Read([path])));
        Console.WriteLine();
    }

    static void NaiveCsv(string path)
    {
        List<double> values = [];
        foreach (string line in File.ReadLines(path).Skip(1))
            foreach (string part in line.Split(',')) values.Add(double.Parse(part, CultureInfo.InvariantCulture));
    }
}
