namespace Descent.Fitting.ModelFiles;

/// <summary>
/// What intervals of predictions need beside the coefficients: their covariance C, in the parameters (w, b) of the margin
/// <c>(x − m)·w + b</c>, so that columns far from 0 cost no digits; or the reason why there is none.
/// </summary>
sealed record ModelCovariance
{
    /// <summary>The largest p that a file keeps p(p + 1)/2 numbers for.</summary>
    public const int MostParameters = 500;

    /// <summary>Why there is no covariance; null where there is one.</summary>
    public string? Absent { get; init; }

    /// <summary>hc0 to hc3, or cluster; null for that of the model.</summary>
    public string? Kind { get; init; }

    /// <summary>Degrees of freedom of Student's t; null for the normal distribution.</summary>
    public double? Degrees { get; init; }

    /// <summary>σ̂² of a new observation of weight 1; null where the model has no such number.</summary>
    public double? Variance { get; init; }

    /// <summary>m, by a number a feature.</summary>
    public double[]? Centre { get; init; }

    /// <summary>C, the upper triangle row by row: the features, and b where there is one. Rows of 0 belong to columns left out.</summary>
    public double[]? Matrix { get; init; }

    /// <summary>No covariance, and why.</summary>
    public static ModelCovariance Without(string why) => new() { Absent = why };

    /// <summary>The variance zᵀCz of every row's margin, z = (x − m, 1). p² operations a row.</summary>
    public double[] Variances<TRows>(TRows rows)
        where TRows : struct, IRows<double>
    {
        double[] variances = new double[rows.Count], x = new double[rows.Columns];
        for (int i = 0; i < rows.Count; i++)
        {
            Array.Clear(x);
            ReadOnlySpan<double> values = rows.ValuesOf(i);
            if (!rows.IsSparse) values.CopyTo(x);
            else
                for (int k = 0; k < values.Length; k++) x[rows.IndicesOf(i)[k]] = values[k];
            variances[i] = VarianceOf(x);
        }
        return variances;
    }

    /// <summary>The same of one row, x by the features.</summary>
    public double VarianceOf(ReadOnlySpan<double> x)
    {
        int d = Centre!.Length, p = ParametersOf(Matrix!.Length);
        double sum = 0;
        for (int i = 0, at = 0; i < p; i++)
        {
            double zi = i < d ? x[i] - Centre[i] : 1, line = 0.5 * Matrix[at++] * zi;
            for (int j = i + 1; j < p; j++) line += Matrix[at++] * (j < d ? x[j] - Centre[j] : 1);
            sum += 2 * zi * line;
        }
        // A row at the centre of a covariance of rank less than p may round below 0.
        return Math.Max(0, sum);
    }

    /// <summary>Whether the column of a feature was left out of the fit.</summary>
    public bool IsLeftOut(int feature) => Matrix![Diagonal(feature, ParametersOf(Matrix.Length))] == 0;

    /// <summary>What does not hold of it; null where all does.</summary>
    public string? Wrong(int features, bool intercept)
    {
        int p = features + (intercept ? 1 : 0);
        if (Absent is null == (Matrix is null || Centre is null)) return "the covariance needs its numbers, or the reason for having none";
        if (Kind is not (null or "hc0" or "hc1" or "hc2" or "hc3" or "cluster")) return $"the covariance is of the kind '{Kind}'";
        if (Degrees is { } nu && !(nu > 0 && double.IsFinite(nu))) return "the degrees of freedom of the covariance are not above 0";
        if (Variance is { } s && !(s >= 0 && double.IsFinite(s))) return "the variance beside the covariance is not a number ≥ 0";
        if (Matrix is null || Centre is null) return Matrix is null && Centre is null ? null : "the covariance is there in part";
        if (Centre.Length != features) return $"the covariance is centred in {Centre.Length} numbers; expected {features}";
        if (Matrix.Length != p * (p + 1L) / 2) return $"the covariance has {Matrix.Length} numbers; expected {p * (p + 1L) / 2}";
        if (!Centre.All(double.IsFinite) || !Matrix.All(double.IsFinite)) return "the covariance holds a number that is not finite";
        return IsPossible(p) ? null : "the covariance holds a variance below 0, or a correlation above 1";
    }

    bool IsPossible(int p)
    {
        for (int i = 0, at = 0; i < p; i++)
            for (int j = i; j < p; j++, at++)
            {
                double vi = Matrix![Diagonal(i, p)], vj = Matrix[Diagonal(j, p)];
                if (!(vi >= 0) || Math.Abs(Matrix[at]) > (1 + 1e-6) * Math.Sqrt(vi) * Math.Sqrt(vj)) return false;
            }
        return true;
    }

    static int Diagonal(int i, int p) => (i * p) - (i * (i - 1) / 2);

    static int ParametersOf(int numbers) => (int)((Math.Sqrt((8.0 * numbers) + 1) - 1) / 2);
}
