namespace Descent.Fitting.Exact;

/// <summary>
/// The problem that a proof is about, in numbers: <c>F(w) = Σ ωᵢ φ(zᵢ; yᵢ) + Σ (½λⱼwⱼ² + lⱼ|wⱼ|)</c> with <c>ωᵢ = aᵢ/Σa</c> and <c>z = xw +
/// b</c>. Every number is the double that was read, taken as exact.
/// </summary>
sealed record ProofProblem
{
    /// <summary>φ.</summary>
    public required ProofLoss Loss { get; init; }

    /// <summary>τ of quantile, δ of huber.</summary>
    public double Parameter { get; init; }

    /// <summary>Classes of a softmax or logistic model; 1 for a loss of one margin.</summary>
    public required int Classes { get; init; }

    /// <summary>Whether class 0 has no parameters.</summary>
    public required bool Reference { get; init; }

    public required bool Intercept { get; init; }

    public required bool PenaliseIntercept { get; init; }

    public required double L2 { get; init; }

    public required double L1 { get; init; }

    /// <summary>sⱼ by which the penalties measure a parameter: ½λ(sⱼwⱼ)² + λ₁|sⱼwⱼ|; null for 1.</summary>
    public double[]? Scales { get; init; }

    public required int Columns { get; init; }

    /// <summary>Column numbers and values of each row.</summary>
    public required (int[] Index, double[] Value)[] Rows { get; init; }

    public required double[] Labels { get; init; }

    /// <summary>aᵢ ≥ 0; null for 1.</summary>
    public double[]? Weights { get; init; }

    public int Count => Rows.Length;

    /// <summary>Whether the loss has one margin a class.</summary>
    public bool ByClass => Classes > 1;

    /// <summary>Weight vectors: classes, less the reference.</summary>
    public int Outputs => Classes - (Reference ? 1 : 0);

    public int Dimension => Outputs * (Columns + (Intercept ? 1 : 0));

    /// <summary>Dual variables an example: the probabilities of the classes that are not its own, or one.</summary>
    public int DualWidth => ByClass ? Classes - 1 : 1;

    public double WeightOf(int i) => Weights is null ? 1 : Weights[i];

    /// <summary>Number of the parameter of margin k and column j (d for the intercept); −1 when the class has none.</summary>
    public int ParameterOf(int k, int j)
    {
        int output = k - (Reference ? 1 : 0);
        return output < 0 ? -1 : j < Columns ? (output * Columns) + j : (Outputs * Columns) + output;
    }

    /// <summary>λⱼ and lⱼ of column j.</summary>
    public (Ball Ridge, Ball Lasso) PenaltyOf(int j)
    {
        if (j == Columns) return PenaliseIntercept ? (Ball.Of(L2), Ball.Of(L1)) : default;
        double s = Scales?[j] ?? 1;
        return (Ball.Of(s, s) * L2, Ball.Of(L1, s));
    }

    /// <summary>Whether column j is without penalty.</summary>
    public bool IsFree(int j) => j == Columns ? !PenaliseIntercept || (L1 == 0 && L2 == 0) : L1 == 0 && L2 == 0;
}
