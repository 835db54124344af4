using Descent.Numerics;
using Descent.StepSizes;

namespace Descent.Latent;

/// <summary>
/// Online EM (M37): statistics by stochastic approximation, <c>s ← (1 − γ_t)s + γ_t E[s(x_t, z) | x_t, θ]</c>, <c>θ = argmax(s)</c>, over
/// mini-batches of a model's rows or blocks of a stream. The average of the path (Polyak and Ruppert) is the estimate.
/// </summary>
/// <remarks>
/// Memory: two θ and two statistics, whatever the rows. A mini-batch costs its E-step and one M-step; nothing is allocated beside what the
/// model allocates. The same rows in the same order give the same bits, also after <see cref="Visit"/> has put a state back. For a model
/// that holds, the average has the inverse Fisher information as its covariance (Cappé and Moulines, theorem 7). Nothing speaks of a global
/// maximum, and no step is sure to raise the likelihood. Sources: Cappé and Moulines (2009); Delyon, Lavielle and Moulines (1999) with
/// draws.
/// </remarks>
public sealed class OnlineEm
{
    readonly OnlineEmOptions options;
    readonly double[] theta, next, average, statistics, batch;
    readonly double[] frame;
    readonly ulong key;
    long steps, rows, averaged, skipped;

    /// <summary>A run over a model that starts at θ₁, in the layout of the model's parameters.</summary>
    /// <param name="model">A model of the shape that is fitted; its rows are not looked at yet.</param>
    /// <param name="start">θ₁, in the model's layout.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// A start outside the parameter space; a gain that is not Robbins and Monro's; draws of a model that gives none; a model for which no
    /// sum over rows is sufficient.
    /// </exception>
    public OnlineEm(ILatentModel model, ReadOnlySpan<double> start, OnlineEmOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.options = options ?? new OnlineEmOptions();
        LatentGuard.Start(model, start);
        if (model.StatisticsPerRow)
            throw new ArgumentException(
                "No sum over rows is sufficient for this model; online EM needs one. Climb its likelihood by gradients, with the class "
                    + "LatentObjective.");
        if (this.options.Draws && model is not IDrawModel)
            throw new ArgumentException("This model draws no hidden part; set Draws to false.");
        RobbinsMonro gain = RobbinsMonro.Check(this.options.Gain);
        if (gain.Holds != true)
            throw new ArgumentException(
                $"The gain '{this.options.Gain}' is not one of Robbins and Monro ({gain.Sentence}). Take (t + 1)^(−p) with ½ < p ≤ 1.");
        (theta, next, average) = (start.ToArray(), new double[start.Length], start.ToArray());
        (statistics, batch, frame) = (new double[model.Statistics], new double[model.Statistics], model.Frame.ToArray());
        key = Philox.Pair(this.options.Seed, 37).A;
    }

    /// <summary>θ_t.</summary>
    public ReadOnlySpan<double> Point => theta;

    /// <summary>
    /// The average of the path since <see cref="OnlineEmOptions.AverageAfter"/> rows: the estimate. θ_t before. Its set is convex, so it is
    /// in it.
    /// </summary>
    public ReadOnlySpan<double> Average => averaged > 0 ? average : theta;

    /// <summary>Mini-batches taken.</summary>
    public long Steps => steps;

    /// <summary>Rows seen.</summary>
    public long Rows => rows;

    /// <summary>Mini-batches after which the statistics had no maximiser, so that θ stayed.</summary>
    public long Skipped => skipped;

    /// <summary>Takes all rows of a block from a stream as one mini-batch.</summary>
    /// <exception cref="ArgumentException">A block of another layout, or whose statistics are about another origin.</exception>
    public void Take(ILatentModel block)
    {
        Check(block);
        batch.AsSpan().Clear();
        Gather(block, 0, block.Count);
        Follow(block, block.Count);
    }

    /// <summary>Takes these rows of a model as one mini-batch.</summary>
    public void Take(ILatentModel model, ReadOnlySpan<int> chosen)
    {
        Check(model);
        batch.AsSpan().Clear();
        for (int at = 0; at < chosen.Length;)
        {
            // Rows that follow each other share one E-step and what it prepares.
            int first = chosen[at], count = 1;
            while (at + count < chosen.Length && chosen[at + count] == first + count) count++;
            Gather(model, first, count);
            at += count;
        }
        Follow(model, chosen.Length);
    }

    /// <summary>
    /// Passes over a model's rows in mini-batches of this many rows (the last may be shorter), each in
    /// <see cref="OnlineEmOptions.Order"/>. Memory: 4n bytes for the order.
    /// </summary>
    public void Run(ILatentModel model, int passes, int batchSize = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (passes < 1 || batchSize < 1)
            throw new ArgumentException($"Passes and rows of a mini-batch must be at least 1; got {passes} and {batchSize}.");
        PassOrder orders = new(options.Order, model.Count);
        for (int pass = 0; pass < passes; pass++)
        {
            ReadOnlySpan<int> order = orders.Of(Philox.Pair((ulong)rows, key).B);
            for (int at = 0; at < order.Length; at += batchSize) Take(model, order.Slice(at, Math.Min(batchSize, order.Length - at)));
        }
    }

    /// <summary>Visits all that the next step depends on, under fixed names.</summary>
    public void Visit(IStateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        visitor.Buffer<double>("theta", theta);
        visitor.Buffer<double>("average", average);
        visitor.Buffer<double>("statistics", statistics);
        visitor.Number("steps", ref steps);
        visitor.Number("rows", ref rows);
        visitor.Number("averaged", ref averaged);
        visitor.Number("skipped", ref skipped);
    }

    void Gather(ILatentModel model, int first, int count)
    {
        if (options.Draws) ((IDrawModel)model).Draw(theta, first, count, Philox.Pair((ulong)(rows + first), key).A, batch);
        else model.Expect(theta, first, count, batch);
    }

    void Follow(ILatentModel model, int count)
    {
        double gamma = options.Gain.Next(new StepInfo(steps));
        for (int i = 0; i < batch.Length; i++)
        {
            // A batch whose rows have no likelihood at θ says nothing.
            if (!double.IsFinite(batch[i])) gamma = 0;
        }
        for (int i = 0; i < batch.Length && gamma > 0; i++) statistics[i] = ((1 - gamma) * statistics[i]) + (gamma * (batch[i] / count));
        (steps, rows) = (steps + 1, rows + count);
        // An M-step may know its rows' number: it is told sums over as many.
        for (int i = 0; i < batch.Length; i++) batch[i] = statistics[i] * model.Count;
        if (rows >= options.HoldRows)
        {
            if (gamma > 0 && model.Maximise(batch, next) && model.IsValid(next)) next.CopyTo(theta, 0);
            else skipped++;
        }
        if (rows <= options.AverageAfter) return;
        averaged++;
        for (int i = 0; i < theta.Length; i++) average[i] = averaged == 1 ? theta[i] : average[i] + ((theta[i] - average[i]) / averaged);
    }

    void Check(ILatentModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Parameters != theta.Length || model.Statistics != statistics.Length)
            throw new ArgumentException(
                $"The block has {model.Parameters} parameters and {model.Statistics} statistics; "
                + $"the run has {theta.Length} and {statistics.Length}.");
        if (!model.Frame.SequenceEqual(frame))
            throw new ArgumentException(
                "The block's statistics are about another origin than the first's. Give every block the origin of the first, which the "
                    + "model's Frame gives.");
    }
}
