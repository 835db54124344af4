namespace Descent.Models.Linear;

// Full passes, in shards whose sums are added in their order.
public abstract partial class LinearRisk<T, TRows, TLoss>
{
    enum Pass
    {
        Value,
        Gradient,
        Curvature,
    }

    void IShardWork.Run(int shard)
    {
        int first = Shards.Start(Count, shard, shards), end = Shards.Start(Count, shard + 1, shards);
        sums[shard] = 0;
        biases[shard] = 0;
        if (pass == Pass.Gradient) partial[shard].AsSpan().Clear();
        for (; first < end; first += Chunk) RunChunk(shard, first, Math.Min(Chunk, end - first));
    }

    void ISummedShards.Show(int shard, ISummandVisitor visitor)
    {
        visitor.Take(sums.AsSpan(shard, 1));
        if (pass == Pass.Gradient)
        {
            visitor.Take(biases.AsSpan(shard, 1));
            visitor.Take(partial[shard].AsSpan());
        }
        else if (pass == Pass.Curvature)
        {
            visitor.Take(gramGradients![shard].AsSpan());
            visitor.Take(grams![shard].AsSpan());
        }
    }

    private protected override double ValueCore(ReadOnlySpan<T> w)
    {
        Go(Pass.Value, w);
        return (Total(sums) / totalWeight) + RidgeValue(w);
    }

    private protected override double GradientCore(ReadOnlySpan<T> w, Span<T> g)
    {
        for (int s = 0; s < shards; s++) partial[s] ??= new T[Dimension];
        Go(Pass.Gradient, w);
        partial[0].AsSpan().CopyTo(g);
        for (int s = 1; s < shards; s++) Vectors.AddScaled(T.One, partial[s], g);
        Vectors.Scale(T.CreateTruncating(1 / totalWeight), g);
        if (HasIntercept) g[Columns] = T.CreateTruncating(Total(biases) / totalWeight);
        AddRidge(w, g);
        return (Total(sums) / totalWeight) + RidgeValue(w);
    }

    private protected override double CurvatureCore(ReadOnlySpan<T> w, Span<double> gradient, Span<double> hessian)
    {
        int used = Math.Max(1, Math.Min(shards, (int)(8_000_000L / Math.Max(1, (long)Dimension * Dimension))));
        grams ??= new double[shards][];
        gramGradients ??= new double[shards][];
        // Few partial matrices when they are large: then shard s adds to matrix s mod used, which only one thread may do.
        bool serial = used < shards;
        for (int s = 0; s < shards; s++)
        {
            grams[s] ??= serial && s > 0 ? grams[0] : new double[Dimension * Dimension];
            gramGradients[s] ??= serial && s > 0 ? gramGradients[0] : new double[Dimension];
            grams[s].AsSpan().Clear();
            gramGradients[s].AsSpan().Clear();
        }
        Go(Pass.Curvature, w, serial);
        for (int s = 0; s < (serial ? 1 : shards); s++)
        {
            Vectors.AddScaled(1, grams[s], hessian);
            Vectors.AddScaled(1, gramGradients[s], gradient);
        }
        Vectors.Scale(1 / totalWeight, hessian);
        Vectors.Scale(1 / totalWeight, gradient);
        return Total(sums) / totalWeight;
    }

    // Buffers of the shards of a full pass; gradients are made when they are first wanted.
    static (T[][] Partial, double[][] Margins, double[][] Values, double[] Sums, double[] Biases) Room(int shards)
    {
        double[][] margins = new double[shards][], values = new double[shards][];
        for (int s = 0; s < shards; s++) (margins[s], values[s]) = (new double[Chunk], new double[Chunk]);
        return (new T[shards][], margins, values, new double[shards], new double[shards]);
    }

    static double Total(ReadOnlySpan<double> parts)
    {
        double sum = 0;
        foreach (double p in parts) sum += p;
        return sum;
    }

    void Go(Pass what, ReadOnlySpan<T> w, bool serial = false)
    {
        if (point.Length == 0) point = new T[Dimension];
        w.CopyTo(point);
        pass = what;
        if (serial)
            for (int s = 0; s < shards; s++) ((IShardWork)this).Run(s);
        else
            workers.Run(this, shards);
    }

    void RunChunk(int shard, int first, int take)
    {
        Span<double> z = margins[shard].AsSpan(0, take), v = values[shard].AsSpan(0, take);
        rows.Dots(first, point, z);
        if (HasIntercept)
        {
            double b = double.CreateTruncating(point[Columns]);
            for (int i = 0; i < take; i++) z[i] += b;
        }
        AddOffsets(first, z);
        if (pass == Pass.Curvature) AddCurvature(shard, first, z);
        loss.Evaluate(z, y.AsSpan(first, take), v);
        if (weights is not null)
        {
            for (int i = 0; i < take; i++)
            {
                v[i] = Share(v[i], weights[first + i]);
                z[i] = Share(z[i], weights[first + i]);
            }
        }
        sums[shard] += Vectors.Sum<double>(v);
        if (pass == Pass.Gradient)
        {
            rows.AddScaled(first, z, partial[shard]);
            if (HasIntercept) biases[shard] += Vectors.Sum<double>(z);
        }
        else if (pass == Pass.Curvature)
        {
            double[] g = gramGradients![shard];
            AddExact(first, z, g);
            if (HasIntercept) g[Columns] += Vectors.Sum<double>(z);
        }
    }

    void AddCurvature(int shard, int first, ReadOnlySpan<double> z)
    {
        Span<double> h = values[shard].AsSpan(0, z.Length);
        for (int i = 0; i < z.Length; i++) h[i] = Weighed(loss.Second(z[i], y[first + i]), first + i);
        AddGram(first, h, grams![shard]);
    }

    private protected void AddGram(int first, ReadOnlySpan<double> h, Span<double> gram)
    {
        rows.AddGram(first, h, gram, Dimension);
        if (!HasIntercept) return;
        // The column of ones: Σ h x in the last column, Σ h in the corner.
        double[] column = System.Buffers.ArrayPool<double>.Shared.Rent(Columns + 1);
        column.AsSpan(0, Columns + 1).Clear();
        AddExact(first, h, column);
        for (int j = 0; j < Columns; j++) gram[(j * Dimension) + Columns] += column[j];
        gram[(Columns * Dimension) + Columns] += Vectors.Sum(h);
        System.Buffers.ArrayPool<double>.Shared.Return(column);
    }
}
