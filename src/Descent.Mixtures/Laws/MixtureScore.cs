namespace Descent.Mixtures.Laws;

/// <summary>
/// Score of a finite mixture by Fisher's identity, <c>∇ℓ = Σ_i w_i E[∇ log p(x_i, z) | x_i, θ]</c>, in the coordinates <c>π_j ∝ π⁰_j
/// e^{α_j}</c> (α_k = 0) and those of the law, shifted so that the point itself is zero. Parameters at an edge have none.
/// </summary>
sealed class MixtureScore : ILocalScore
{
    readonly FiniteMixture model;
    readonly double[] origin, point, coordinates, full;
    readonly int[] free;

    public MixtureScore(FiniteMixture model, ReadOnlySpan<double> theta)
    {
        (this.model, origin, point) = (model, theta.ToArray(), theta.ToArray());
        int k = model.Components, p = model.Law.Parameters;
        (coordinates, full) = (new double[k * p], new double[k * p]);
        List<int> open = [];
        for (int j = 0; j < k; j++)
        {
            ReadOnlySpan<double> block = origin.AsSpan(k + (j * p), p);
            model.Law.ToCoordinates(block, coordinates.AsSpan(j * p, p));
            for (int i = 0; i < p; i++)
            {
                if (!model.Law.IsAtEdge(block, i)) open.Add((j * p) + i);
            }
        }
        free = [.. open];
    }

    public int Length => model.Components - 1 + free.Length;

    public double[] At(ReadOnlySpan<double> at)
    {
        int k = model.Components, p = model.Law.Parameters;
        double total = 0;
        for (int j = 0; j < k; j++) total += point[j] = origin[j] * (j < k - 1 ? Math.Exp(at[j]) : 1);
        for (int j = 0; j < k; j++) point[j] /= total;
        coordinates.CopyTo(full, 0);
        for (int i = 0; i < free.Length; i++) full[free[i]] += at[k - 1 + i];
        for (int j = 0; j < k; j++) model.Law.FromCoordinates(full.AsSpan(j * p, p), point.AsSpan(k + (j * p), p));
        // What is held stays where it is, to the last bit.
        for (int i = 0, next = 0; i < full.Length; i++)
        {
            if (next < free.Length && free[next] == i) next++;
            else point[k + i] = origin[k + i];
        }
        return [.. point];
    }

    public bool Surrogate(ReadOnlySpan<double> held, ReadOnlySpan<double> at, Span<double> gradient)
    {
        double[] before = At(held), theta = At(at);
        if (!model.IsValid(before) || !model.IsValid(theta)) return false;
        int k = model.Components, p = model.Law.Parameters, f = 1 + model.Law.Factors;
        double[] expected = new double[k * f], factors = new double[k * f], shares = new double[k];
        double[] score = new double[k * p], total = new double[k];
        model.Prepare(before, expected);
        model.Prepare(theta, factors);
        for (int i = 0; i < model.Count; i++)
        {
            double weight = model.WeightOf(i);
            if (weight == 0) continue;
            model.Share(expected, i, shares);
            for (int j = 0; j < k; j++)
            {
                total[j] += weight * shares[j];
                if (shares[j] == 0) continue;
                model.Law.AddScore(factors.AsSpan((j * f) + 1, f - 1), i, weight * shares[j], score.AsSpan(j * p, p));
            }
        }
        for (int j = 0; j < k - 1; j++) gradient[j] = total[j] - (model.TotalWeight * theta[j]);
        for (int i = 0; i < free.Length; i++) gradient[k - 1 + i] = score[free[i]];
        return true;
    }
}
