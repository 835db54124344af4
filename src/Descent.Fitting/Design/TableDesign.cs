using Descent.Data;

namespace Descent.Fitting.Design;

/// <summary>What a request makes of a table: features, how their rows are written, the target.</summary>
sealed record TableDesign
{
    public required IReadOnlyList<FeatureSource> Features { get; init; }

    public required (Slab<double>? Dense, CsrRows<double>? Sparse) Rows { get; init; }

    /// <summary>Trials of each row, of which the labels are shares; null otherwise.</summary>
    public double[]? Trials { get; init; }

    public required TargetLabels Labels { get; init; }

    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>The columns that the features are made of, by the names that they are asked for with.</summary>
    public required IReadOnlyList<(string Name, Column Column)> Columns { get; init; }

    /// <summary>Mean over the training rows of each of them; NaN for text.</summary>
    public required double[] Means { get; init; }

    /// <summary>What was filled in, a rule a column.</summary>
    public IReadOnlyList<ColumnFill> Fills { get; init; } = [];

    /// <summary>
    /// The rows with what was filled in taken from these rows alone; null where nothing was filled in, so that the rows stay as they are.
    /// </summary>
    public Func<int[], (Slab<double>? Dense, CsrRows<double>? Sparse)>? Refilled { get; init; }

    /// <summary>Levels of each text column that is used, the reference first.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Levels { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>How columns of text were hashed; null without any.</summary>
    public TextContract? Text { get; init; }

    public OffsetSource? Offset { get; init; }

    public double[]? Offsets { get; init; }

    /// <summary>The formula with what it learnt; null without one.</summary>
    public LearnedFormula? Formula { get; init; }

    /// <summary>What is said of it.</summary>
    public required IReadOnlyList<string> Lines { get; init; }
}
