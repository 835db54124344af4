using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>
/// SAGA: <c>g = ∇f(w; ξ) − g_ξ + ḡ</c>, where g_ξ is the gradient last seen for these examples and ḡ the mean of all such;
/// with <c>Biased</c> it is SAG, <c>g = ḡ + (∇f(w; ξ) − g_ξ)/n</c>. The table holds K numbers an example when the objective is made of
/// generalised linear terms, d otherwise; it begins with zeros, and penalties are always exact.
/// Cost B single gradients a step. Source: Defazio, Bach and Lacoste-Julien 2014; Schmidt, Le Roux and Bach 2017 (SAG).
/// </summary>
/// <remarks>
/// As long as some examples have not been seen, SAG divides by the number that have. SAGA is unbiased,
/// also over batches in which an example repeats, so proximal steps fit behind it; SAG is not.
/// The published rate is for a table filled at the start, at the cost of n gradients; from zeros it
/// is <c>(1 − ημ)^t (D² + 2ηnσ*²/(μn + 4H))</c>, σ*² the mean of <c>‖∇ℓᵢ(w*)‖²</c>,
/// for <c>η = 1/(2(μn + 2H))</c> and draws with replacement (guarantee SAGA).
/// </remarks>
/// <param name="Sampling">Order of visits and batch size; the theory is for draws with replacement.</param>
/// <param name="Biased">Whether it is SAG.</param>
public sealed record Saga(Sampling Sampling, bool Biased = false) : FiniteSumEstimator(Sampling)
{
    /// <inheritdoc/>
    protected override Estimation<T> Begin<T>(IFiniteSumOracle<T> oracle, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        return oracle is ISlopeOracle<T> slopes ? new SlopeTable<T>(slopes, this, draws) : new GradientTable<T>(oracle, this, draws);
    }

    internal override SparseEstimation<T>? BeginSparse<T>(ISupportOracle<T> oracle, Draws draws) =>
        new TableSteps<T>(oracle, new SampleStream(Sampling, oracle.Population, draws), Biased);

    // K numbers an example.
    sealed class SlopeTable<T>(ISlopeOracle<T> oracle, Saga description, Draws draws) : Estimation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly SampleStream samples = new(description.Sampling, oracle.Population, draws);
        readonly int outputs = oracle.Outputs;
        readonly double[] table = new double[oracle.Count * oracle.Outputs], now = new double[description.Sampling.Batch * oracle.Outputs],
            change = new double[description.Sampling.Batch * oracle.Outputs];
        readonly byte[] seen = new byte[oracle.Count];
        readonly T[] sum = new T[oracle.Dimension];
        long met;

        public override double Estimate(ReadOnlySpan<T> w, Span<T> g)
        {
            ReadOnlySpan<int> examples = oracle.Examples(samples.Next());
            Span<double> u = now.AsSpan(0, examples.Length * outputs), delta = change.AsSpan(0, u.Length);
            double value = oracle.Slopes(w, examples, u);
            for (int k = 0; k < examples.Length; k++)
            {
                for (int c = 0; c < outputs; c++) delta[(k * outputs) + c] = u[(k * outputs) + c] - table[(examples[k] * outputs) + c];
            }
            for (int k = 0; k < examples.Length; k++)
            {
                // An example drawn twice in a batch changes the table once.
                for (int c = 0; c < outputs; c++) u[(k * outputs) + c] -= table[(examples[k] * outputs) + c];
                for (int c = 0; c < outputs; c++) table[(examples[k] * outputs) + c] += u[(k * outputs) + c];
                met += 1 - seen[examples[k]];
                seen[examples[k]] = 1;
            }
            if (!description.Biased) Direction(examples, delta, 1.0 / examples.Length, 1.0 / oracle.Count, g);
            oracle.AddRows(examples, u, sum);
            if (description.Biased)
            {
                sum.AsSpan().CopyTo(g);
                Vectors.Scale(T.CreateTruncating(1.0 / met), g);
            }
            oracle.AddPenalty(w, g);
            return value;
        }

        public override void Visit(IStateVisitor visitor)
        {
            samples.Visit(visitor);
            visitor.Buffer<double>("table", table);
            visitor.Buffer<byte>("seen", seen);
            visitor.Buffer<T>("sum", sum);
            visitor.Number("met", ref met);
        }

        void Direction(ReadOnlySpan<int> examples, Span<double> delta, double fresh, double mean, Span<T> g)
        {
            sum.AsSpan().CopyTo(g);
            Vectors.Scale(T.CreateTruncating(mean), g);
            Vectors.Scale(fresh, delta);
            oracle.AddRows(examples, delta, g);
        }
    }

    // d numbers an example: the objective offers nothing smaller. A batch renews its examples one by one.
    sealed class GradientTable<T> : Estimation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly IFiniteSumOracle<T> oracle;
        readonly SampleStream samples;
        readonly RowSampler rows;
        readonly T[] table, sum, fresh;
        readonly byte[] seen;
        readonly int[] times;
        readonly bool biased;
        long met;

        public GradientTable(IFiniteSumOracle<T> oracle, Saga description, Draws draws)
        {
            long size = (long)oracle.Count * oracle.Dimension;
            if (size > Array.MaxLength)
                throw new ArgumentException($"A table of {oracle.Count}×{oracle.Dimension} gradients does not fit into memory, "
                    + "and this objective offers no smaller one. Use SVRG.");
            this.oracle = oracle;
            biased = description.Biased;
            samples = new SampleStream(description.Sampling, oracle.Population, draws);
            rows = new RowSampler(oracle.Count);
            table = new T[size];
            sum = new T[oracle.Dimension];
            fresh = new T[oracle.Dimension];
            seen = new byte[oracle.Count];
            times = new int[oracle.Count];
        }

        public override double Estimate(ReadOnlySpan<T> w, Span<T> g)
        {
            ReadOnlySpan<int> examples = rows.Resolve(samples.Next());
            double value = 0;
            sum.AsSpan().CopyTo(g);
            Vectors.Scale(T.CreateTruncating(1.0 / oracle.Count), g);
            foreach (int i in examples) times[i]++;
            foreach (int i in examples)
            {
                // An example drawn twice counts twice in the estimate,
                // both times against what the table held before the step, and once in the table.
                if (times[i] == 0) continue;
                double share = (double)times[i] / examples.Length;
                times[i] = 0;
                value += share * oracle.Gradient(w, new Sample(SampleOrder.Sequential, 0, i, 1), fresh);
                Renew(i, T.CreateTruncating(share), g);
            }
            if (!biased) return value;
            sum.AsSpan().CopyTo(g);
            Vectors.Scale(T.CreateTruncating(1.0 / met), g);
            return value;
        }

        void Renew(int i, T share, Span<T> g)
        {
            Span<T> old = table.AsSpan(i * fresh.Length, fresh.Length);
            for (int j = 0; j < fresh.Length; j++)
            {
                T change = fresh[j] - old[j];
                g[j] += share * change;
                sum[j] += change;
                old[j] = fresh[j];
            }
            met += 1 - seen[i];
            seen[i] = 1;
        }

        public override void Visit(IStateVisitor visitor)
        {
            samples.Visit(visitor);
            visitor.Buffer<T>("table", table);
            visitor.Buffer<byte>("seen", seen);
            visitor.Buffer<T>("sum", sum);
            visitor.Number("met", ref met);
        }
    }
}
