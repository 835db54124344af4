using Descent.Autodiff.Compiled;
using Descent.Oracles;

namespace Descent.Autodiff;

/// <summary>
/// <c>F(w) = (1/n) Σ ℓ(w; zᵢ) + (λ/2)‖w‖²</c> for a loss written on tensors: gradients and Hessian products by differentiation,
/// for any method of the catalogue. Full passes go through the data in chunks of 512 examples. One caller at a time.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
public sealed class DifferentiableObjective<T> : IFiniteSumOracle<T>, IHessianOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Chunk = 512;
    readonly Func<Parameters<T>, Batch, Var<T>> loss;
    readonly Parameters<T> parameters;
    readonly RowSampler sampler;
    readonly Batch batch = new();
    readonly Var<T>[] gradients, products;
    readonly double[] sum;
    readonly GradientOptions options;
    readonly Dictionary<(int Count, bool Trains), Plan<T>?> plans = [];

    /// <summary>Joins layout, number of examples and loss.</summary>
    /// <param name="layout">Names and shapes of the parameters.</param>
    /// <param name="count">Number of examples n ≥ 1.</param>
    /// <param name="loss">The mean loss of a batch, a scalar.</param>
    /// <param name="l2">λ ≥ 0 on the blocks that are penalised.</param>
    /// <param name="options">Compilation and threads.</param>
    public DifferentiableObjective(BlockLayout layout, int count, Func<Parameters<T>, Batch, Var<T>> loss, double l2 = 0,
        GradientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(loss);
        if (count < 1) throw new ArgumentException($"An objective needs at least one example; got {count}.");
        Layout = layout;
        Count = count;
        L2 = Guard.Within("λ", l2, 0, double.PositiveInfinity, nameof(DifferentiableObjective<T>));
        this.loss = loss;
        this.options = options ?? new GradientOptions();
        parameters = new Parameters<T>(layout, this.options.Workers);
        sampler = new RowSampler(count);
        gradients = new Var<T>[layout.Blocks.Count];
        products = new Var<T>[layout.Blocks.Count];
        sum = new double[layout.Length];
    }

    /// <inheritdoc/>
    public int Dimension => Layout.Length;

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Population => Count;

    /// <inheritdoc/>
    public BlockLayout Layout { get; }

    /// <summary>λ.</summary>
    public double L2 { get; }

    /// <inheritdoc/>
    public OracleMeter Meter { get; } = new();

    /// <summary>The tape, to look at anomalies and memory.</summary>
    public Tape<T> Tape => parameters.Tape;

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<T> w)
    {
        Guard.Length("Value", Dimension, w.Length);
        Meter.CountValues(Count);
        parameters.Pass = Pass.Evaluation;
        double total = 0;
        for (int first = 0; first < Count; first += Chunk)
        {
            batch.SetRange(first, Math.Min(Chunk, Count - first));
            total += LossValue(w, true) * batch.Count / Count;
        }
        return total + Penalty(w);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<T> w, Span<T> g)
    {
        Guard.Length("Gradient", Dimension, w.Length);
        Guard.Length("Gradient", Dimension, g.Length);
        Meter.CountGradients(Count);
        parameters.Pass = Pass.Evaluation;
        Array.Clear(sum);
        double total = 0;
        for (int first = 0; first < Count; first += Chunk)
        {
            batch.SetRange(first, Math.Min(Chunk, Count - first));
            double share = (double)batch.Count / Count;
            if (PlanFor(w) is { } plan && plan.Run(w, batch.Rows, true, true) is var part && double.IsFinite(part))
            {
                total += part * share;
                for (int k = 0; k < sum.Length; k++) sum[k] += share * plan.Gradient[k];
                continue;
            }
            total += Differentiate(w) * share;
            Collect(gradients, share);
        }
        Vectors.Convert<double, T>(sum, g);
        AddPenalty(w, g);
        return total + Penalty(w);
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<T> w, Sample sample)
    {
        Guard.Length("Value", Dimension, w.Length);
        Meter.CountValues(sample.Count);
        parameters.Pass = Training(sample);
        batch.Set(sampler.Resolve(sample));
        return LossValue(w, false) + Penalty(w);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<T> w, Sample sample, Span<T> g)
    {
        Guard.Length("Gradient", Dimension, w.Length);
        Guard.Length("Gradient", Dimension, g.Length);
        Meter.CountGradients(sample.Count);
        parameters.Pass = Training(sample);
        batch.Set(sampler.Resolve(sample));
        double value;
        if (PlanFor(w) is { } plan && plan.Run(w, batch.Rows, true) is var fast && double.IsFinite(fast))
        {
            value = fast;
            Vectors.Convert<double, T>(plan.Gradient, g);
        }
        else
        {
            value = Differentiate(w);
            for (int i = 0; i < gradients.Length; i++) Tape.Copies.Copy(gradients[i].Value, g[Layout.Blocks[i].Offset..]);
        }
        AddPenalty(w, g);
        return value + Penalty(w);
    }

    /// <inheritdoc/>
    public void HessianProduct(ReadOnlySpan<T> w, ReadOnlySpan<T> v, Span<T> hv)
    {
        Guard.Length("HessianProduct", Dimension, w.Length);
        Guard.Length("HessianProduct", Dimension, v.Length);
        Guard.Length("HessianProduct", Dimension, hv.Length);
        Meter.CountSecondOrder(Count);
        parameters.Pass = Pass.Evaluation;
        Array.Clear(sum);
        for (int first = 0; first < Count; first += Chunk)
        {
            batch.SetRange(first, Math.Min(Chunk, Count - first));
            Differentiate(w);
            // ∇(g·v) = ∇²F v.
            Var<T> inner = Tape.Constant(0);
            for (int i = 0; i < gradients.Length; i++)
            {
                Block b = Layout.Blocks[i];
                Var<T> part = gradients[i], direction = Tape.Leaf(v.Slice(b.Offset, b.Length), b.Length).Reshape(part.Shape);
                inner += (part * direction).Sum();
            }
            Tape.Gradient(inner, parameters.All, products);
            Collect(products, (double)batch.Count / Count);
        }
        Vectors.Convert<double, T>(sum, hv);
        AddPenalty(v, hv);
    }

    /// <summary>Whether the graph is known not to change from call to call, as that of a network is.</summary>
    internal bool IsStatic { get; init; }

    /// <summary>Batch sizes that run as plans, for tests and curiosity.</summary>
    public IReadOnlyList<int> CompiledSizes => [.. plans.Where(p => p.Value is not null).Select(p => p.Key.Count).Distinct()];

    /// <summary>Batch sizes whose plans have become code.</summary>
    public IReadOnlyList<int> GeneratedSizes => [.. plans.Where(p => p.Value is { IsGenerated: true }).Select(p => p.Key.Count).Distinct()];

    // A plan for every batch size that was met; null where the loss does not allow one.
    Plan<T>? PlanFor(ReadOnlySpan<T> w)
    {
        if (options.Compile == Compilation.Never || (options.Compile == Compilation.Auto && !IsStatic) || Tape.FindsAnomalies
            || batch.Count < 2) return null;
        if (plans.TryGetValue((batch.Count, parameters.Pass.IsTraining), out Plan<T>? plan)) return plan;
        batch.BeginTrace();
        Var<T> value = Loss(w);
        batch.IsTracing = false;
        return plans[(batch.Count, parameters.Pass.IsTraining)] = Tracer<T>.Trace(value, parameters.All, Layout, batch,
            options.GeneratesCode);
    }

    // A plan's loss that is not finite is computed again on the tape, which knows the limits at infinity.
    double LossValue(ReadOnlySpan<T> w, bool consecutive) =>
        PlanFor(w) is { } plan && plan.Run(w, batch.Rows, false, consecutive) is var fast && double.IsFinite(fast) ? fast : Loss(w).Scalar;

    // What is random in a loss is part of the sample: asked again, it is the same function.
    static Pass Training(Sample sample) => new(true, Philox.Pair((ulong)sample.First, sample.Key).B);

    Var<T> Loss(ReadOnlySpan<T> w)
    {
        parameters.Bind(w);
        Var<T> value = loss(parameters, batch);
        return value.Shape.Length == 1
            ? value
            : throw new ArgumentException($"A loss is one number, the mean over the batch; got shape {value.Shape}.");
    }

    double Differentiate(ReadOnlySpan<T> w)
    {
        Var<T> value = Loss(w);
        Tape.Gradient(value, parameters.All, gradients);
        return value.Scalar;
    }

    void Collect(Var<T>[] parts, double share)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            ReadOnlySpan<T> part = parts[i].Value;
            Span<double> to = sum.AsSpan(Layout.Blocks[i].Offset, part.Length);
            for (int k = 0; k < part.Length; k++) to[k] += share * double.CreateTruncating(part[k]);
        }
    }

    double Penalty(ReadOnlySpan<T> w)
    {
        double total = 0;
        if (L2 == 0) return 0;
        foreach (Block b in Layout.Blocks)
            if (b.Penalised) total += double.CreateTruncating(Vectors.SquaredNorm(w.Slice(b.Offset, b.Length)));
        return 0.5 * L2 * total;
    }

    void AddPenalty(ReadOnlySpan<T> w, Span<T> g)
    {
        if (L2 == 0) return;
        for (int i = 0; i < Layout.Blocks.Count; i++)
        {
            Block b = Layout.Blocks[i];
            if (b.Penalised) Vectors.AddScaled(T.CreateTruncating(L2), w.Slice(b.Offset, b.Length), g.Slice(b.Offset, b.Length));
        }
    }
}
