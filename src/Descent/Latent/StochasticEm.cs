using Descent.Numerics;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Latent;

/// <summary>
/// Stochastic EM in the form of the notes (M37): draw <c>z ~ p(· | x_B, θ_t)</c> for a mini-batch, then
/// <c>θ ← (1 − η_t)θ + η_t argmax log p(x_B, z | θ)</c>. Parameters are averaged, so their set must be convex (shares and covariances are).
/// </summary>
/// <remarks>
/// The maximiser of a mini-batch is biased by its size: with η_t → 0 the path settles near, not at, the maximum of the likelihood, at a
/// distance of order 1/B; <see cref="OnlineEm"/> averages statistics and has no such bias. A batch without maximiser (an empty component)
/// leaves θ. Over all rows and η = 1 it is the SEM of Celeux and Diebolt (1985), whose path does not settle but whose mean is the estimate.
/// Source: W 4.
/// </remarks>
public sealed class StochasticEm
{
    readonly IDrawModel model;
    readonly IStepSize stepSize;
    readonly double[] theta, average, maximiser, statistics;
    readonly PassOrder orders;
    readonly ulong key;
    long steps, averaged, skipped;

    /// <summary>A run over a model that starts at θ₁, in the layout of the model's parameters.</summary>
    /// <param name="model">The model with its rows.</param>
    /// <param name="start">θ₁, in the model's layout.</param>
    /// <param name="stepSize">η_t in [0, 1], t from 0; null for <c>(t + 1)^(−0.6)</c>.</param>
    /// <param name="seed">Names draws and orders; the same seed gives the same bits.</param>
    /// <param name="order">How a pass visits the rows: shuffle, blocks (for rows that lie on a disk) or sequential.</param>
    /// <exception cref="ArgumentException">A start outside the parameter space; an order that is no pass.</exception>
    public StochasticEm(IDrawModel model, ReadOnlySpan<double> start, IStepSize? stepSize = null, ulong seed = 1,
        SampleOrder order = SampleOrder.Shuffle)
    {
        ArgumentNullException.ThrowIfNull(model);
        LatentGuard.Start(model, start);
        (this.model, this.stepSize) = (model, stepSize ?? new Power(1, 0.6));
        (theta, average, maximiser) = (start.ToArray(), start.ToArray(), new double[start.Length]);
        (statistics, orders) = (new double[model.Statistics], new PassOrder(order, model.Count));
        key = Philox.Pair(seed, 37).A;
    }

    /// <summary>θ_t.</summary>
    public ReadOnlySpan<double> Point => theta;

    /// <summary>The average of θ over the steps since <see cref="StartAverage"/>.</summary>
    public ReadOnlySpan<double> Average => averaged > 0 ? average : theta;

    /// <summary>Mini-batches taken.</summary>
    public long Steps => steps;

    /// <summary>Mini-batches without a maximiser, after which θ stayed.</summary>
    public long Skipped => skipped;

    /// <summary>Begins the average anew.</summary>
    public void StartAverage() => averaged = 0;

    /// <summary>Passes over the rows in the order that was asked for, in mini-batches of this many rows (the last may be
    /// shorter).</summary>
    public void Run(int passes, int batchSize)
    {
        if (passes < 1 || batchSize < 1)
            throw new ArgumentException($"Passes and rows of a mini-batch must be at least 1; got {passes} and {batchSize}.");
        for (int pass = 0; pass < passes; pass++)
        {
            ReadOnlySpan<int> order = orders.Of(Philox.Pair((ulong)steps, key).B);
            for (int at = 0; at < order.Length; at += batchSize) Step(order.Slice(at, Math.Min(batchSize, order.Length - at)));
        }
    }

    /// <summary>Takes one step on these rows.</summary>
    public void Step(ReadOnlySpan<int> rows)
    {
        double eta = stepSize.Next(new StepInfo(steps));
        if (!(eta >= 0 && eta <= 1))
            throw new ArgumentException(FormattableString.Invariant(
                $"Step {steps} has the size {eta}; parameters are averaged, so it must lie in [0, 1]."));
        statistics.AsSpan().Clear();
        ulong draw = Philox.Pair((ulong)steps, key).A;
        foreach (int row in rows) model.Draw(theta, row, 1, draw, statistics);
        // An M-step may know its rows' number: it is told sums over as many.
        for (int i = 0; i < statistics.Length && !model.StatisticsPerRow; i++) statistics[i] *= (double)model.Count / rows.Length;
        steps++;
        if (model.Maximise(statistics, maximiser) && model.IsValid(maximiser))
        {
            for (int i = 0; i < theta.Length; i++) theta[i] = ((1 - eta) * theta[i]) + (eta * maximiser[i]);
        }
        else
        {
            skipped++;
        }
        averaged++;
        for (int i = 0; i < theta.Length; i++) average[i] = averaged == 1 ? theta[i] : average[i] + ((theta[i] - average[i]) / averaged);
    }
}
