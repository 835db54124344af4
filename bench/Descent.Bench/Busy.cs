using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Numerics;

namespace Descent.Bench;

/// <summary>Two threads against one while a busy loop, which this benchmark starts itself, holds a core: waiting may not cost.</summary>
static class Busy
{
    static volatile bool stop;

    public static void Run()
    {
        var (x, labels) = Synthetic.Dense(200_000, 50, 7);
        Thread loop = new(() =>
        {
            while (!stop) Thread.SpinWait(1000);
        })
        { IsBackground = true };
        loop.Start();
        try
        {
            Large(x, labels);
            Small();
        }
        finally
        {
            stop = true;
            loop.Join();
        }
    }

    // Full gradients: one piece of work of milliseconds after another.
    static void Large(double[] x, double[] labels)
    {
        using Workers one = new(1), two = new(2);
        LinearRisk<double, DenseRows<double>, LogisticLoss> Make(Workers w) =>
            Risk.Of<double, DenseRows<double>, LogisticLoss>(new DenseRows<double>(x, labels.Length, 50), labels, default,
                new RiskOptions { Workers = w });
        var risk1 = Make(one);
        var risk2 = Make(two);
        double[] at = new double[51], g = new double[51];
        Console.WriteLine("Full gradients, 200 000 × 50, beside a busy loop:\n");
        Interleaved.Run(21, "gradients/s", 40, ("1 thread", () => Gradients(risk1)), ("2 threads", () => Gradients(risk2)));

        void Gradients(LinearRisk<double, DenseRows<double>, LogisticLoss> risk)
        {
            for (int k = 0; k < 40; k++) risk.Gradient(at, g);
        }
    }

    // Work of some 50 microseconds with pauses as long, as within a training step.
    static void Small()
    {
        using Workers one = new(1), two = new(2);
        Console.WriteLine("\nShards of some 10 microseconds, 8 a piece of work, beside a busy loop:\n");
        Interleaved.Run(21, "pieces/s", 4000, ("1 thread", () => Pieces(one)), ("2 threads", () => Pieces(two)));

        static void Pieces(Workers workers)
        {
            Turns work = new();
            for (int k = 0; k < 4000; k++)
            {
                workers.Run(work, 8);
                Turns.Spend(50);
            }
        }
    }

    sealed class Turns : IShardWork
    {
        public void Run(int shard) => Spend(10);

        // Arithmetic, not waiting: a thread that is off its core makes no progress.
        public static double Spend(int microseconds)
        {
            double a = 1;
            for (int k = 0; k < microseconds * 250; k++) a = (a * 0.999) + 1;
            return a;
        }
    }
}
