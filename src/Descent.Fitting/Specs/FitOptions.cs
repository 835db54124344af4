using Descent.Data;

namespace Descent.Fitting;

/// <summary>What may be asked of a fit beside its data and its family. The defaults are those of the command line.</summary>
public sealed record FitOptions
{
    /// <summary>λ ≥ 0 of (λ/2)‖w‖² on the mean loss.</summary>
    public Penalty L2 { get; init; }

    /// <summary>λ₁ ≥ 0 of λ₁‖w‖₁ on the mean loss.</summary>
    public double L1 { get; init; }

    /// <summary>Whether there is a constant.</summary>
    public bool Intercept { get; init; } = true;

    /// <summary>Whether penalties apply to the constant too.</summary>
    public bool PenaliseIntercept { get; init; }

    /// <summary>Whether columns are centred and scaled; penalties then apply to the scaled ones.</summary>
    public bool Standardise { get; init; }

    /// <summary>τ in (0, 1) of quantile regression; null for ½.</summary>
    public double? Quantile { get; init; }

    /// <summary>δ above 0 of Huber's regression, in the unit of the target; null for 1.345.</summary>
    public double? Threshold { get; init; }

    /// <summary>Weights of classes; null for none.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>Column of example weights ≥ 0 in a table; null for none.</summary>
    public string? WeightColumn { get; init; }

    /// <summary>Column of a table that is 1 where the target's time ends with an event and 0 where it was censored; null for
    /// none.</summary>
    public string? Event { get; init; }

    /// <summary>The levels of a target whose classes have an order, the lowest first (<see cref="Families.ModelFamilies.Ordinal"/>); empty
    /// for numbers.</summary>
    public IReadOnlyList<string> TargetLevels { get; init; } = [];

    /// <summary>Column of the numbers of trials in a table, of which the target counts the successes; null for none.</summary>
    public string? Trials { get; init; }

    /// <summary>Column of the numbers of failures in a table, beside the target's successes; null for none.</summary>
    public string? Failures { get; init; }

    /// <summary>What the weights of rows mean.</summary>
    public WeightMeaning WeightsAre { get; init; }

    /// <summary>α above 0 of the variance μ + αμ² of negative binomial counts; null estimates it.</summary>
    public double? Overdispersion { get; init; }

    /// <summary>p in (1, 2) of a Tweedie variance; null for 1.5.</summary>
    public double? Power { get; init; }

    /// <summary>Column of a table that is added to the margin without a coefficient; null for none.</summary>
    public string? Offset { get; init; }

    /// <summary>Column of exposures above 0 in a table, whose logarithm is added to the margin; null for none.</summary>
    public string? Exposure { get; init; }

    /// <summary>Numbers that are added to the margins of rows given as arrays, one a row; null for none.</summary>
    public IReadOnlyList<double>? Offsets { get; init; }

    /// <summary>Robust standard errors; null for those of the model.</summary>
    public RobustErrors? Robust { get; init; }

    /// <summary>Column of a table whose levels are clusters of rows, for cluster-robust standard errors; null for none.</summary>
    public string? Cluster { get; init; }

    /// <summary>Columns of a table to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Columns of a table whose numbers are names of levels.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Missing values in a table: an error, their row left out, or the mean, median or mode in their place.</summary>
    public MissingRule Missing { get; init; }

    /// <summary>Columns of a table that have a rule of their own for missing values, by their names.</summary>
    public IReadOnlyDictionary<string, MissingRule> MissingOf { get; init; } = new Dictionary<string, MissingRule>();

    /// <summary>Columns of dates in a table, COLUMN or COLUMN=FORMAT: see <see cref="DataSpec.Dates"/>.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>What is made of each date: see <see cref="DataSpec.DateParts"/>.</summary>
    public IReadOnlyList<string> DateParts { get; init; } = [];

    /// <summary>The method.</summary>
    public MethodSpec Method { get; init; } = new();

    /// <summary>When to stop.</summary>
    public Budget Budget { get; init; } = new();

    /// <summary>Part of the rows that is held out and measured on, from 0 to below 1.</summary>
    public double HoldOut { get; init; }

    /// <summary>Whether rows stand in the order of time, so that those held out come after those that train.</summary>
    public bool InTime { get; init; }

    /// <summary>Seed of everything that is drawn.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; 0 chooses. Results do not depend on it.</summary>
    public int Threads { get; init; }

    internal FitSpec Of(DataSpec data, Families.ModelFamily family) => new(
        data with
        {
            Exclude = Exclude,
            Categorical = Categorical,
            WeightColumn = WeightColumn,
            Event = Event,
            TargetLevels = TargetLevels,
            Trials = Trials,
            Failures = Failures,
            Offset = Offset,
            Exposure = Exposure,
            Cluster = Cluster,
            Missing = Missing,
            MissingOf = MissingOf,
            Dates = Dates,
            DateParts = DateParts,
        },
        new ModelSpec
        {
            Family = family,
            L1 = L1,
            L2 = L2,
            Intercept = Intercept,
            PenaliseIntercept = PenaliseIntercept,
            Standardise = Standardise,
            ClassWeights = ClassWeights,
            Quantile = Quantile,
            Threshold = Threshold,
            Overdispersion = Overdispersion,
            Power = Power,
            WeightsAre = WeightsAre,
            Robust = Robust,
        })
    {
        Method = Method,
        Budget = Budget,
        HoldOut = HoldOut,
        InTime = InTime,
        Seed = Seed,
        Threads = Threads,
    };
}
