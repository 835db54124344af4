using System.Diagnostics;
using System.Globalization;
using Descent.Rules;

namespace Descent.Bench;

/// <summary>Optimiser steps over 25 million float parameters:
/// bytes moved a second as a ratio to the machine's copy bandwidth, measured in the same round.</summary>
static class Steps
{
    const int D = 25_000_000;

    public static void Run()
    {
        float[] w = Filled(1), g = Filled(2), target = Filled(3);
        (string Name, IRule Rule, int Vectors)[] rules =
        [
            // Vectors moved: w, g and each state read; w and each state written.
            ("SGD", new Sgd(), 3),
            ("heavy ball", new HeavyBall(), 5),
            ("Adam", new Adam(), 7),
            ("AdamW", new AdamW(), 7),
            ("Lion", new Lion(), 5),
        ];
        BlockLayout layout = BlockLayout.Flat(D);
        RuleState<float>[] states = [.. rules.Select(r => r.Rule.Start<float>(layout))];
        const int Rounds = 9;
        double[][] times = [.. Enumerable.Range(0, rules.Length + 1).Select(_ => new double[Rounds])];
        for (int round = -1; round < Rounds; round++)
        {
            for (int k = -1; k < rules.Length; k++)
            {
                Stopwatch watch = Stopwatch.StartNew();
                if (k < 0) g.AsSpan().CopyTo(target);
                else states[k].Apply(w, g, 1e-6, Math.Max(0, round));
                if (round >= 0) times[k + 1][round] = watch.Elapsed.TotalSeconds;
            }
        }
        double copy = Median(times[0]), copied = 2.0 * D * sizeof(float) / copy;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"d = 25 000 000, float, one thread; a copy moves {copied / 1e9:0.0} GB/s in the same rounds (2 vectors in "
            + $"{copy * 1e3:0.0} ms).\n"));
        Console.WriteLine("| rule | ms a step | GB/s moved | × copy |\n|---|---|---|---|");
        for (int k = 0; k < rules.Length; k++)
        {
            double t = Median(times[k + 1]), rate = (double)rules[k].Vectors * D * sizeof(float) / t;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {rules[k].Name} | {t * 1e3:0.0} | {rate / 1e9:0.0} | {rate / copied:0.00} |"));
        }
        Ceiling(w, g);
        Threads(w, g, rules);
    }

    // What the machine gives at most: reading two vectors, and nothing else.
    static void Ceiling(float[] w, float[] g)
    {
        double[] times = new double[9];
        double sink = 0;
        for (int round = -1; round < 9; round++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            sink += Vectors.Dot<float>(w, g);
            if (round >= 0) times[round] = watch.Elapsed.TotalSeconds;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\nReading two vectors alone (an inner product): {2.0 * D * sizeof(float) / Median(times) / 1e9:0.0} "
            + $"GB/s{(double.IsNaN(sink) ? "!" : "")}; no kernel can move more."));
    }

    static void Threads(float[] w, float[] g, (string Name, IRule Rule, int Vectors)[] rules)
    {
        using Workers two = new(2);
        Console.WriteLine("\nThe same on two threads; ratio of one thread's time to two threads', in turn.\n");
        Console.WriteLine("| rule | one, ms | two, ms | × |\n|---|---|---|---|");
        foreach (var (name, rule, _) in rules)
        {
            RuleState<float> one = rule.Start<float>(BlockLayout.Flat(D)), both = new Sharded(rule, two).Start<float>(BlockLayout.Flat(D));
            double[] a = new double[9], b = new double[9];
            for (int round = -1; round < 9; round++)
            {
                Stopwatch watch = Stopwatch.StartNew();
                one.Apply(w, g, 1e-6, Math.Max(0, round));
                double first = watch.Elapsed.TotalSeconds;
                watch.Restart();
                both.Apply(w, g, 1e-6, Math.Max(0, round));
                if (round >= 0) (a[round], b[round]) = (first, watch.Elapsed.TotalSeconds);
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {Median(a) * 1e3:0.0} | {Median(b) * 1e3:0.0} | {Median(a) / Median(b):0.00} |"));
        }
    }

    static double Median(double[] times) => times.Order().ElementAt(times.Length / 2);

    static float[] Filled(int seed)
    {
        float[] x = LargePages.Grow<float>([], D);
        for (int i = 0; i < x.Length; i++) x[i] = (float)Math.Sin(i + seed);
        return x;
    }
}
