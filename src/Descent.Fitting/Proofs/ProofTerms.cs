namespace Descent.Fitting.Proofs;

/// <summary>The problem in the terms of the file: which columns, how they are coded, which loss, which penalties.</summary>
sealed record ProofTerms
{
    public required string Model { get; init; }

    /// <summary>τ of quantile.</summary>
    public double? Tau { get; init; }

    /// <summary>δ of huber.</summary>
    public double? Delta { get; init; }

    public required string Target { get; init; }

    /// <summary>
    /// Classes of the target in order; of two, the second is the positive one, and a first "not …" stands for everything else.
    /// </summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Whether class 0 of a softmax has no parameters.</summary>
    public bool Reference { get; init; }

    /// <summary>Column of example weights.</summary>
    public string? Weight { get; init; }

    /// <summary>Factor of the examples of each class.</summary>
    public double[]? ClassWeights { get; init; }

    public required bool Intercept { get; init; }

    public required bool PenaliseIntercept { get; init; }

    public required double L2 { get; init; }

    public required double L1 { get; init; }

    /// <summary>sⱼ of the penalties ½λ(sⱼwⱼ)² + λ₁|sⱼwⱼ|; absent for 1.</summary>
    public double[]? Scales { get; init; }

    /// <summary>Features of a table, in the order of the weights.</summary>
    public IReadOnlyList<ProofFeature>? Features { get; init; }

    /// <summary>All levels of the text columns among them.</summary>
    public Dictionary<string, IReadOnlyList<string>>? Levels { get; init; }

    /// <summary>Number of columns that occur in LIBSVM data.</summary>
    public int? Width { get; init; }

    /// <summary>Their numbers in the file, from 0 and ascending, where some do not occur; absent for 0, 1, 2, …</summary>
    public int[]? Numbers { get; init; }
}

/// <summary>A column of numbers, or the 0/1 column of one level of a text column.</summary>
sealed record ProofFeature(string Column, string? Level = null);
