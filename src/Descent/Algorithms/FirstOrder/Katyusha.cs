using Descent.Oracles;
using Descent.Sets;

namespace Descent.Algorithms;

/// <summary>
/// Katyusha: SVRG with momentum and a pull towards the anchor v, <c>x = τ₁z + ½v + (½−τ₁)y; g = ∇F(v) + ∇f(x;ξ) − ∇f(v;ξ);
/// z ← prox(z − αg); y ← x + τ₁(z − z₋)</c>, <c>α = 1/(3τ₁L)</c>, <c>τ₁ = min(√(mμ/(3L)), ½)</c>;
/// every m = 2n/B steps v becomes the mean of the period's y, weighted by <c>(1+αμ)^j</c>.
/// Without strong convexity <c>τ₁ = 2/(s+4)</c> in period s. Cost 2B single gradients a step and n a period; memory 6d.
/// Source: Allen-Zhu 2017, options I.
/// </summary>
/// <remarks>The iterate reported is y. For batches L is the smoothness of a batch in mean, and m shrinks with B.</remarks>
/// <param name="Smoothness">L &gt; 0 of the sampled losses.</param>
/// <param name="Mu">Strong convexity μ ≥ 0.</param>
/// <param name="Sampling">Batch size; draws are with replacement in the theory.</param>
public sealed record Katyusha(double Smoothness, double Mu, Sampling Sampling)
    : IMethod<double, IFiniteSumOracle<double>>, IMethod<float, IFiniteSumOracle<float>>
{
    /// <summary>L.</summary>
    public double Smoothness { get; } = Guard.Positive("L", Smoothness, nameof(Katyusha));

    /// <summary>μ.</summary>
    public double Mu { get; } = Guard.Within("μ", Mu, 0, double.PositiveInfinity, nameof(Katyusha));

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"x = τ₁z + ½v + (½−τ₁)y;  g = ∇F(v) + ∇f(x;ξ) − ∇f(v;ξ);  z ← z − α g;  y ← x + τ₁(z − z₋), ")
            + FormattableString.Invariant($" α = 1/(3τ₁·{Smoothness:G6}), μ = {Mu:G6}");

    /// <inheritdoc/>
    public Iteration<double> Start(IFiniteSumOracle<double> oracle, ReadOnlySpan<double> start, Draws draws) =>
        new Run<double>(this, oracle, start, draws);

    /// <inheritdoc/>
    public Iteration<float> Start(IFiniteSumOracle<float> oracle, ReadOnlySpan<float> start, Draws draws) =>
        new Run<float>(this, oracle, start, draws);

    sealed class Run<T> : Iteration<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly Katyusha method;
        readonly IFiniteSumOracle<T> oracle;
        readonly IProximalMap? prox;
        readonly SampleStream samples;
        readonly T[] x, y, z, old, anchor, anchorGradient, g, scratch;
        readonly double[] mean;
        readonly long period;
        double tau, alpha, weight, total;
        long taken;

        public Run(Katyusha method, IFiniteSumOracle<T> oracle, ReadOnlySpan<T> start, Draws draws)
        {
            Guard.Length("The start", oracle.Dimension, start.Length);
            this.method = method;
            this.oracle = oracle;
            prox = oracle.NonSmooth;
            samples = new SampleStream(method.Sampling, oracle.Population, draws);
            period = Math.Max(1, 2L * oracle.Count / method.Sampling.Batch);
            int d = start.Length;
            y = start.ToArray();
            z = start.ToArray();
            anchor = start.ToArray();
            (x, old, anchorGradient, g, scratch, mean) = (new T[d], new T[d], new T[d], new T[d], new T[d], new double[d]);
        }

        public override ReadOnlySpan<T> Point => y;

        public override void Visit(IStateVisitor visitor)
        {
            base.Visit(visitor);
            visitor.Buffer<T>("y", y);
            visitor.Buffer<T>("z", z);
            visitor.Buffer<T>("anchor", anchor);
            visitor.Buffer<T>("anchorGradient", anchorGradient);
            visitor.Buffer<double>("mean", mean);
            visitor.Number("tau", ref tau);
            visitor.Number("alpha", ref alpha);
            visitor.Number("weight", ref weight);
            visitor.Number("total", ref total);
            visitor.Number("taken", ref taken);
            samples.Visit(visitor);
        }

        protected override long AdvanceCore(long atMost)
        {
            if (taken % period == 0) Renew();
            T t = T.CreateTruncating(tau), half = T.CreateTruncating(0.5), rest = T.CreateTruncating(0.5 - tau);
            for (int i = 0; i < x.Length; i++) x[i] = (t * z[i]) + (half * anchor[i]) + (rest * y[i]);
            Sample sample = samples.Next();
            LastValue = oracle.Gradient(x, sample, g);
            oracle.Gradient(anchor, sample, scratch);
            LastStepSize = alpha;
            z.AsSpan().CopyTo(old);
            T a = T.CreateTruncating(alpha);
            for (int i = 0; i < z.Length; i++) z[i] -= a * (g[i] - scratch[i] + anchorGradient[i]);
            prox?.Apply(z.AsSpan(), alpha);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = x[i] + (t * (z[i] - old[i]));
                mean[i] += weight * double.CreateTruncating(y[i]);
            }
            total += weight;
            weight *= 1 + (alpha * method.Mu);
            taken++;
            return 1;
        }

        void Renew()
        {
            if (taken > 0)
                for (int i = 0; i < mean.Length; i++) anchor[i] = T.CreateTruncating(mean[i] / total);
            tau = method.Mu > 0 ? Math.Min(Math.Sqrt(period * method.Mu / (3 * method.Smoothness)), 0.5) : 2 / ((taken / period) + 4.0);
            alpha = 1 / (3 * tau * method.Smoothness);
            Array.Clear(mean);
            (weight, total) = (1, 0);
            oracle.Gradient(anchor, anchorGradient);
        }
    }
}
