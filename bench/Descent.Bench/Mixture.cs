using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Descent.Latent;
using Descent.Mixtures;

namespace Descent.Bench;

/// <summary>
/// One iteration of EM for Gaussian mixtures with full covariances, n = 200 000, d = 10, k = 8: one thread, two, and scikit-learn's, which
/// waits in a process of its own for its turn (<c>bench/mixture.py</c>; left out where it cannot start; the variable
/// PYTHON names another interpreter).
/// </summary>
static class Mixture
{
    const int N = 200_000, D = 10, K = 8;

    public static void Run()
    {
        double[] rows = Rows();
        GaussianMixture model = new(rows, D, K);
        double[] start = new double[model.Parameters], image = new double[start.Length], other = new double[start.Length];
        if (!model.Start(new Draws(1), start)) throw new InvalidOperationException("The start is degenerate.");
        using Workers two = new(2);
        EmMap one = new(model), both = new(model, two);
        List<(string Name, Action Body)> candidates =
        [
            ("Descent, 1 thread", () => one.Map(start, image)), ("Descent, 2 threads", () => both.Map(start, other)),
        ];
        string file = Path.GetTempFileName();
        using Peer? peer = Peer.Start(file, rows, start);
        if (peer is not null) candidates.Add(("scikit-learn's GaussianMixture, 1 thread", peer.Iterate));
        Console.WriteLine($"n = {N}, d = {D}, k = {K}, full covariances; work in iterations a second.\n");
        Interleaved.Run(9, "1/s", 1, [.. candidates]);
        Console.WriteLine($"\nThe two threads have the bits of the one: {image.AsSpan().SequenceEqual(other)}. "
            + (peer is null ? "scikit-learn could not be started." : FormattableString.Invariant(
                $"Log-likelihood of the start: {one.Merit(start):R}, scikit-learn's {peer.Log:R}.")));
        File.Delete(file);
    }

    // Eight normal clouds, each with covariances of its own, that overlap.
    static double[] Rows()
    {
        Draws draws = new(8);
        double[] centres = new double[K * D], mixing = new double[K * D * D], z = new double[D], rows = new double[N * D];
        for (int i = 0; i < centres.Length; i++) centres[i] = 2 * draws.NextNormal();
        for (int i = 0; i < mixing.Length; i++) mixing[i] = draws.NextNormal() / 2;
        for (int r = 0; r < N; r++)
        {
            int k = draws.NextIndex(K);
            for (int j = 0; j < D; j++) z[j] = draws.NextNormal();
            for (int i = 0; i < D; i++)
            {
                double sum = centres[(k * D) + i] + (z[i] / 2);
                for (int j = 0; j < D; j++) sum += mixing[(((k * D) + i) * D) + j] * z[j];
                rows[(r * D) + i] = sum;
            }
        }
        return rows;
    }

    /// <summary>scikit-learn in a process of its own: a line to it is one iteration from the start, a line back says it is done.</summary>
    sealed class Peer : IDisposable
    {
        static readonly string[] Limits = ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"];
        readonly Process process;

        Peer(Process process) => this.process = process;

        /// <summary>The log-likelihood of the start.</summary>
        public double Log { get; private set; }

        public static Peer? Start(string file, double[] rows, double[] start)
        {
            using (FileStream stream = File.Create(file))
            {
                stream.Write(MemoryMarshal.AsBytes(start.AsSpan()));
                stream.Write(MemoryMarshal.AsBytes(rows.AsSpan()));
            }
            try
            {
                string python = Environment.GetEnvironmentVariable("PYTHON") ?? "python3";
                ProcessStartInfo how = new(python, ["bench/mixture.py", file, $"{D}", $"{K}"])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                };
                foreach (string name in Limits) how.Environment[name] = "1";
                Peer peer = new(Process.Start(how)!);
                if (peer.process.StandardOutput.ReadLine() is { } first)
                {
                    peer.Log = double.Parse(first, CultureInfo.InvariantCulture);
                    return peer;
                }
                peer.Dispose();
            }
            catch (System.ComponentModel.Win32Exception)
            {
            }
            return null;
        }

        public void Iterate()
        {
            process.StandardInput.WriteLine();
            process.StandardInput.Flush();
            process.StandardOutput.ReadLine();
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
