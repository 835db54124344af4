
namespace Descent.Fitting.Design;

/// <summary>Data ready to be fitted: features as rows, labels as numbers, and what was seen on the way.</summary>
sealed record LoadedData
{
    double[]? whole;

    public required string Source { get; init; }

    public required string Format { get; init; }

    public required IReadOnlyList<FeatureSource> Features { get; init; }

    /// <summary>Dense rows, or null when sparse.</summary>
    public Slab<double>? Dense { get; init; }

    public CsrRows<double>? Sparse { get; init; }

    /// <summary>The rows with every column, zeros included: what a network looks at. Sparse rows are written out once.</summary>
    public double[] Whole => whole ??= Dense switch
    {
        { Array: { } x } => x,
        { } mapped => WholeRows.Of(new DenseRows<double>(mapped, Count, Columns), Source),
        null => WholeRows.Of(Sparse!.Value, Source),
    };

    /// <summary>
    /// The rows with what was filled in taken from some rows alone; null where nothing was filled in.
    /// </summary>
    public Func<int[], (Slab<double>? Dense, CsrRows<double>? Sparse)>? Refilled { get; init; }

    /// <summary>The same data for a fit on some rows: what was filled in is then taken from them alone.</summary>
    public LoadedData For(int[] train)
    {
        if (Refilled is not { } make) return this;
        (Slab<double>? dense, CsrRows<double>? sparse) = make(train);
        return this with { whole = null, Dense = dense, Sparse = sparse };
    }

    public required int Count { get; init; }

    /// <summary>Numbers for regression, 0/1 for two classes, class numbers for softmax.</summary>
    public required double[] Labels { get; init; }

    public double[]? Weights { get; set; }

    /// <summary>The column that says which times end with an event; null for other targets.</summary>
    public string? Event { get; init; }

    /// <summary>Trials of each row, of which the labels are shares; null otherwise. They are factors of the weights too.</summary>
    public double[]? Trials { get; init; }

    /// <summary>Where the trials come from; null without them.</summary>
    public TrialSource? TrialSource { get; init; }

    /// <summary>What is added to the margin of each row without a coefficient; null for nothing.</summary>
    public double[]? Offsets { get; set; }

    /// <summary>Where the offsets come from, for the model and its words; null without them, and for those of arrays.</summary>
    public OffsetSource? Offset { get; init; }

    /// <summary>Number of the group of each row, from 0; null where rows are on their own.</summary>
    public int[]? Groups { get; set; }

    /// <summary>The cluster of each row; null without `Cluster`.</summary>
    public int[]? Clusters { get; init; }

    /// <summary>How columns of text were hashed; null without any.</summary>
    public TextContract? Text { get; init; }

    /// <summary>Names of the classes: {other, positive} for two classes; null for regression.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The family of the model.</summary>
    public required ModelFamily Family { get; init; }

    /// <summary>Its name.</summary>
    public string Model => Family.Name;

    public required string Target { get; init; }

    /// <summary>Level given in `Target = COL=LEVEL`.</summary>
    public string? TargetLevel { get; init; }

    /// <summary>Levels of each text column that is used, the reference first.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Levels { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The formula that made the features, with what it learnt; null where columns are the features.</summary>
    public LearnedFormula? Formula { get; init; }

    /// <summary>Height and width of an example of IDX images; empty otherwise.</summary>
    public int[] Image { get; init; } = [];

    /// <summary>Factor that raw IDX values were multiplied by.</summary>
    public double IdxScale { get; init; } = 1;

    public int Skipped { get; init; }

    /// <summary>The number of a row in the data, from 1, rows that were left out counted; null where these numbers are not kept.</summary>
    public Func<int, int>? RowNumber { get; init; }

    /// <summary>The table as read, kept when a proof is to be written.</summary>
    public Descent.Data.Table? Table { get; init; }

    /// <summary>LIBSVM labels as read, and whether columns are numbered from 0.</summary>
    public double[]? RawLabels { get; init; }

    public bool? ZeroBased { get; init; }

    /// <summary>Factor of the weight of each class; null without `ClassWeights`.</summary>
    public double[]? ClassFactors { get; init; }

    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>What was assumed, left out or not used: said on the error stream.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How the data was read, for the model.</summary>
    public ReadingContract? Reading { get; init; }

    public int Columns => Features.Count;

    public long Entries => Sparse?.Entries ?? (long)Count * Columns;

    /// <summary>Bytes of the files that this process read, and how many they have; null where that is not known.</summary>
    public (long Read, long Of)? BytesRead { get; init; }

    /// <summary>Bytes of the rows.</summary>
    public double RowBytes => Sparse is { } rows ? (rows.Entries * 12.0) + (8.0 * Count) : 8.0 * Count * Columns;

    /// <summary>Whether the rows go beyond the memory that the user allowed: then they lie in a file.</summary>
    public bool IsOutOfCore => Descent.Data.Files.Room.Exceeds(RowBytes);

    public bool IsBinary => Family.Labels == LabelKind.TwoClasses;
}
