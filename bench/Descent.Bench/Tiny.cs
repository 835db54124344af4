using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Descent.Algorithms;
using Descent.Autodiff;
using Descent.Autodiff.Networks;
using Descent.Numerics;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Bench;

/// <summary>A 2–4–1 sigmoid network on 500 rows, full batch, float, one thread:
/// the plan read off the tape, the tape itself, and a loop written for this network alone.</summary>
static class Tiny
{
    const int N = 500, Steps = 20_000;

    public static void Run()
    {
        Draws draws = new(3);
        float[] x = [.. Enumerable.Range(0, 2 * N).Select(_ => (float)draws.NextNormal())],
            y = [.. Enumerable.Range(0, N).Select(i => (x[2 * i] * x[2 * i]) + (x[(2 * i) + 1] * x[(2 * i) + 1]) > 1.4 ? 1f : 0f)];
        Mlp net = new([2, 4, 1], Activation.Sigmoid);
        float[] start = net.Initialise<float>(new Draws(1), Initialisation.Glorot);
        Iteration<float> Make(Compilation compile) => Methods.GradientDescent(new Constant(0.1))
            .Start(net.BinaryClassifier(x, y, 0, new GradientOptions { Compile = compile }), start, new Draws(1));
        Iteration<float> plan = Make(Compilation.Auto), tape = Make(Compilation.Never);
        ByHand hand = new(x, y, start);
        Interleaved.Run(5, "ksteps/s", Steps / 1e3, ("plan", () => plan.Advance(Steps)), ("tape", () => tape.Advance(Steps)),
            ("by hand", () => hand.Advance(Steps)));
    }

    /// <summary>What one would write for this network: columns apart, rows as lanes, gradient descent in place.</summary>
    sealed class ByHand(float[] rows, float[] labels, float[] start)
    {
        const int Padded = 512;
        readonly float[] w = [.. start], h = new float[4 * Padded], z = new float[Padded], l = new float[Padded], x0 = Column(rows, 0),
            x1 = Column(rows, 1), y = [.. labels, .. new float[Padded - N]];

        public double Loss { get; private set; }

        static float[] Column(float[] rows, int j) => [.. Enumerable.Range(0, Padded).Select(i => i < N ? rows[(2 * i) + j] : 0)];

        public void Advance(int steps)
        {
            for (int s = 0; s < steps; s++) Step();
        }

        void Step()
        {
            for (int j = 0; j < 4; j++)
            {
                Vector512<float> a = Vector512.Create(w[j]), b = Vector512.Create(w[4 + j]), c = Vector512.Create(w[8 + j]);
                for (int i = 0; i < Padded; i += 16)
                    Vector512.FusedMultiplyAdd(a, At(x0, i), Vector512.FusedMultiplyAdd(b, At(x1, i), c))
                        .StoreUnsafe(ref h[(j * Padded) + i]);
            }
            ElementaryFunctions.Sigmoid<float>(h, h);
            for (int i = 0; i < Padded; i += 16)
            {
                Vector512<float> sum = Vector512.Create(w[16]);
                for (int j = 0; j < 4; j++) sum = Vector512.FusedMultiplyAdd(Vector512.Create(w[12 + j]), At(h, (j * Padded) + i), sum);
                sum.StoreUnsafe(ref z[i]);
            }
            // The loss itself, as every objective returns it.
            ElementaryFunctions.Softplus<float>(z, l);
            Loss = 0;
            for (int i = 0; i < N; i++) Loss += (l[i] - (y[i] * z[i])) / N;
            ElementaryFunctions.Sigmoid<float>(z, z);
            for (int i = 0; i < N; i++) z[i] -= y[i];
            z.AsSpan(N).Clear();
            Span<float> g = stackalloc float[17];
            Vector512<float> all = default;
            for (int i = 0; i < Padded; i += 16) all += At(z, i);
            g[16] = Vector512.Sum(all);
            for (int j = 0; j < 4; j++)
            {
                Vector512<float> v = Vector512.Create(w[12 + j]), ga = default, gb = default, gc = default, gv = default;
                for (int i = 0; i < Padded; i += 16)
                {
                    Vector512<float> hi = At(h, (j * Padded) + i), zi = At(z, i), d = zi * v * hi * (Vector512<float>.One - hi);
                    gv = Vector512.FusedMultiplyAdd(zi, hi, gv);
                    ga = Vector512.FusedMultiplyAdd(d, At(x0, i), ga);
                    gb = Vector512.FusedMultiplyAdd(d, At(x1, i), gb);
                    gc += d;
                }
                (g[j], g[4 + j], g[8 + j], g[12 + j]) = (Vector512.Sum(ga), Vector512.Sum(gb), Vector512.Sum(gc), Vector512.Sum(gv));
            }
            for (int k = 0; k < 17; k++) w[k] -= 0.1f / N * g[k];
        }

        static Vector512<float> At(float[] a, int i) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(a), (nuint)i);
    }
}
