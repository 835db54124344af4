using Descent.Maps;
using Descent.Numerics;

namespace Descent.Latent;

/// <summary>
/// One iteration of EM as a map, <c>θ ↦ argmax Q(· | θ)</c>, whose merit is the observed log-likelihood:
/// <see cref="FixedPointIteration"/> on it is EM, <see cref="Squarem"/> and <see cref="Anderson"/> accelerate it.
/// One pass over the rows in shards whose cut and order of summation depend on n alone:
/// the same bits for any number of threads. Source: P 19.7.
/// </summary>
public sealed class EmMap : IMeritMap, ISummedShards
{
    const int MostShards = 64;
    const int LeastRows = 512;
    const double Unit = 1.0 / (1L << 52);
    readonly ILatentModel model;
    readonly Workers? workers;
    readonly int shards, rows;
    readonly double[] theta, sums, partial, logs;

    /// <summary>The map of a model; without workers on the calling thread.</summary>
    public EmMap(ILatentModel model, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (this.model, this.workers) = (model, workers);
        rows = Math.Max(LeastRows, (model.Count + MostShards - 1) / MostShards);
        shards = Math.Max(1, (model.Count + rows - 1) / rows);
        (theta, sums, logs) = (new double[model.Parameters], new double[model.Statistics], new double[shards]);
        partial = model.StatisticsPerRow ? [] : new double[shards * model.Statistics];
    }

    /// <inheritdoc/>
    public int Dimension => model.Parameters;

    /// <inheritdoc/>
    public void Map(ReadOnlySpan<double> x, Span<double> image) => MapWithMerit(x, image);

    /// <inheritdoc/>
    public double MapWithMerit(ReadOnlySpan<double> x, Span<double> image)
    {
        double merit = Expect(x);
        if (!double.IsFinite(merit) || !model.Maximise(sums, image)) image.Fill(double.NaN);
        return merit;
    }

    /// <inheritdoc/>
    public double Merit(ReadOnlySpan<double> x) => Expect(x);

    /// <summary>(n + 16)·2⁻⁵²·(n + |ℓ|): a sum of n terms, each wrong by a few units of its last place.</summary>
    public double Rounding(double merit) => (model.Count + 16) * Unit * (model.Count + Math.Abs(merit));

    void IShardWork.Run(int shard)
    {
        Span<double> mine = model.StatisticsPerRow ? sums : partial.AsSpan(shard * model.Statistics, model.Statistics);
        if (!model.StatisticsPerRow) mine.Clear();
        int first = shard * rows;
        logs[shard] = model.Expect(theta, first, Math.Min(rows, model.Count - first), mine);
    }

    void ISummedShards.Show(int shard, ISummandVisitor visitor)
    {
        visitor.Take(logs.AsSpan(shard, 1));
        visitor.Take(partial.AsSpan(shard * model.Statistics, model.Statistics));
    }

    double Expect(ReadOnlySpan<double> x)
    {
        if (!model.IsValid(x)) return double.NaN;
        x.CopyTo(theta);
        sums.AsSpan().Clear();
        if (workers is null)
        {
            for (int shard = 0; shard < shards; shard++) ((IShardWork)this).Run(shard);
        }
        else if (model.StatisticsPerRow)
        {
            // No summands: every rank needs the statistics of all rows, and computes them.
            workers.RunHere(this, shards);
        }
        else
        {
            workers.Run(this, shards);
        }
        double log = 0;
        for (int shard = 0; shard < shards; shard++)
        {
            log += logs[shard];
            if (model.StatisticsPerRow) continue;
            for (int i = 0, at = shard * sums.Length; i < sums.Length; i++, at++) sums[i] += partial[at];
        }
        return log;
    }
}
