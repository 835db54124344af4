using Descent.Oracles;

namespace Descent.Estimators;

/// <summary>Virtual workers with an error each; ranks share them as shards of summed work.</summary>
sealed class CompressedEstimation<T> : Estimation<T>, ISummedShards
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly IStochasticOracle<T> oracle;
    readonly SampleStream samples;
    readonly GradientCodec<T> codec;
    readonly Workers ranks;
    readonly ErrorShards errors;
    readonly T[] error, point, sent;
    readonly byte[] messages;
    readonly double[] values;
    readonly int parts, dimension;
    readonly bool feedback;
    Sample whole;

    public CompressedEstimation(Compressed description, IStochasticOracle<T> oracle, Draws draws)
    {
        ranks = description.Ranks ?? new Workers();
        if (ranks.Count > 1)
            throw new ArgumentException("Parts of a sample are shared among ranks, not threads: the oracle serves one caller at a time.");
        (this.oracle, parts, dimension, feedback) = (oracle, description.Parts, oracle.Dimension, description.Feedback);
        samples = new SampleStream(description.Sampling, oracle.Population, draws);
        codec = description.Compression.Start<T>(dimension);
        (error, point, sent) = (new T[(long)parts * dimension], new T[dimension], new T[dimension]);
        (messages, values) = (new byte[(long)parts * codec.Bytes], new double[parts]);
        errors = new ErrorShards(this);
    }

    public bool MayBeAdded => false;

    public override double Estimate(ReadOnlySpan<T> w, Span<T> g)
    {
        w.CopyTo(point);
        whole = samples.Next();
        bool paused = oracle.Meter.Paused;
        oracle.Meter.Paused = true;
        ranks.Run(this, Used);
        oracle.Meter.Paused = paused;
        oracle.Meter.CountGradients(whole.Count);
        double value = 0;
        g.Clear();
        for (int k = 0; k < Used; k++)
        {
            double share = (double)(Start(k + 1) - Start(k)) / whole.Count;
            value += share * values[k];
            codec.Decode(MessageOf(k), sent);
            Vectors.AddScaled(T.CreateTruncating(share), sent, g);
        }
        return value;
    }

    // The errors lie with the ranks that computed them last; whoever is to keep the state needs all of them.
    public override void Visit(IStateVisitor visitor)
    {
        samples.Visit(visitor);
        if (!feedback) return;
        ranks.Run(errors, parts);
        visitor.Buffer<T>("errors", error);
    }

    void IShardWork.Run(int shard)
    {
        int first = Start(shard);
        Span<T> e = ErrorOf(shard);
        values[shard] = oracle.Gradient(point, whole with { First = whole.First + first, Count = Start(shard + 1) - first }, sent);
        if (feedback) Vectors.AddScaled(T.One, sent, e);
        else sent.CopyTo(e);
        codec.Encode(e, MessageOf(shard));
        if (!feedback) return;
        codec.Decode(MessageOf(shard), sent);
        Vectors.AddScaled(-T.One, sent, e);
    }

    void ISummedShards.Show(int shard, ISummandVisitor visitor)
    {
        visitor.Take(values.AsSpan(shard, 1));
        visitor.Bring(MessageOf(shard));
    }

    // A sample of fewer examples than workers has a worker an example.
    int Used => Math.Min(parts, whole.Count);

    int Start(int part) => (int)((long)whole.Count * part / Used);

    Span<T> ErrorOf(int part) => error.AsSpan(part * dimension, dimension);

    Span<byte> MessageOf(int part) => messages.AsSpan(part * codec.Bytes, codec.Bytes);

    sealed class ErrorShards(CompressedEstimation<T> of) : ISummedShards
    {
        public bool MayBeAdded => false;

        public void Run(int shard)
        {
        }

        public void Show(int shard, ISummandVisitor visitor) => visitor.Take(of.ErrorOf(shard));
    }
}
