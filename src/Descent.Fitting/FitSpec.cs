using System.Globalization;
using Descent.Fitting.Families;
using Descent.Fitting.Specs;

namespace Descent.Fitting;

/// <summary>A fit as a value: data, family, options. The same value gives the same fit to the last bit.</summary>
/// <param name="Data">Files: CSV, TSV or LIBSVM, plain or .gz; several of one form are read one after another.</param>
/// <param name="Family">The family of models.</param>
public sealed record FitSpec(IReadOnlyList<string> Data, ModelFamily Family)
{
    /// <summary>Target column, or COLUMN=LEVEL for one level against the rest; null for LIBSVM.</summary>
    public string? Target { get; init; }

    /// <summary>Columns to use; empty for all others than the target.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Everything else.</summary>
    public FitOptions Options { get; init; } = new();

    internal void Check()
    {
        List<string> faults = [.. Options.Faults()];
        if (Data.Count == 0) faults.Insert(0, "Data names no file.");
        if (faults.Count > 0) throw new FitException(string.Join(" ", faults));
    }

    internal FitRequest Request() => RequestOf(Options, Family) with { Data = Data, Target = Target, Features = Features };

    internal static FitRequest RequestOf(FitOptions o, ModelFamily family) => new()
    {
        Data = ["arrays"],
        Model = family.Name,
        Exclude = o.Exclude,
        Categorical = o.Categorical,
        WeightColumn = o.WeightColumn,
        Missing = o.Missing,
        Method = o.Method.Name,
        LearningRate = o.Method.StepSize is { } eta ? eta.ToString("R", CultureInfo.InvariantCulture) : "auto",
        Schedule = o.Method.Schedule,
        Batch = o.Method.Batch is { } b ? b == 0 ? "full" : b.ToString(CultureInfo.InvariantCulture) : null,
        Average = o.Method.Average,
        Numbers = o.Method.Numbers,
        Epochs = o.Budget.Epochs,
        Steps = o.Budget.Steps,
        TimeLimit = o.Budget.Time is { } t ? t.TotalSeconds.ToString("R", CultureInfo.InvariantCulture) + "s" : null,
        Gap = o.Budget.Gap ?? 0,
        L1 = o.L1,
        L2 = o.L2.ToString("R", CultureInfo.InvariantCulture),
        NoIntercept = !o.Intercept,
        PenaliseIntercept = o.PenaliseIntercept,
        Standardize = o.Standardise,
        ClassWeight = o.ClassWeights,
        Valid = o.HoldOut,
        Tau = o.Quantile,
        Delta = o.Threshold,
        Seed = o.Seed,
        Threads = o.Threads,
        CommandLine = "a program",
    };
}
