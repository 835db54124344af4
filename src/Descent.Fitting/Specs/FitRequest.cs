namespace Descent.Fitting.Specs;

/// <summary>What the user asked of <c>fit</c>, as given.</summary>
sealed record FitRequest
{
    public required IReadOnlyList<string> Data { get; init; }

    public string? Format { get; init; }

    public string? Target { get; init; }

    public IReadOnlyList<string> Features { get; init; } = [];

    public IReadOnlyList<string> Exclude { get; init; } = [];

    public IReadOnlyList<string> Categorical { get; init; } = [];

    public IReadOnlyList<string> Reference { get; init; } = [];

    public string? WeightColumn { get; init; }

    public string? Labels { get; init; }

    public string? Model { get; init; }

    /// <summary>The network asked for; null for linear models.</summary>
    public NetworkRequest? Network { get; init; }

    public string Method { get; init; } = "auto";

    public string LearningRate { get; init; } = "auto";

    public string? Schedule { get; init; }

    /// <summary>The guarantee that is followed, or asked about the step sizes given; null leaves the choice to --schedule theory.</summary>
    public string? Theorem { get; init; }

    /// <summary>Constants that the user vouches for, NAME=VALUE.</summary>
    public IReadOnlyList<string> Assume { get; init; } = [];

    /// <summary>Whether a guarantee speaks about the run.</summary>
    public bool WantsTheory => Schedule == "theory" || Theorem is not null;

    /// <summary>Whether the guarantee also gives the steps.</summary>
    public bool TheorySteps => Schedule == "theory" || (Theorem is not null && Schedule is null && LearningRate == "auto");

    public string? Batch { get; init; }

    public string Order { get; init; } = "shuffle";

    /// <summary>The numbers of the method that were given, by their catalogue names.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    public string? Average { get; init; }

    public double? Epochs { get; init; }

    public long? Steps { get; init; }

    public double L1 { get; init; }

    public string L2 { get; init; } = "0";

    public bool NoIntercept { get; init; }

    public bool PenaliseIntercept { get; init; }

    public bool Standardize { get; init; }

    public string? ClassWeight { get; init; }

    /// <summary>Where the covariance of single gradients at the fit is written.</summary>
    public string? NoiseCovariance { get; init; }

    public double Valid { get; init; }

    /// <summary>Trace points without a better held-out loss after which the run ends; null for never.</summary>
    public int? Patience { get; init; }

    /// <summary>Seeds that are run; null for the command's own number.</summary>
    public int? Repeat { get; init; }

    /// <summary>Whether the doctor's remedy is applied and the fit repeated with it.</summary>
    public bool Fix { get; init; }

    public double Gap { get; init; }

    public double GradTol { get; init; }

    public double Tol { get; init; }

    public string? TimeLimit { get; init; }

    public ulong Seed { get; init; } = 1;

    public int Threads { get; init; } = 1;

    /// <summary>Dispersion of a Poisson fit: fixed at 1, or estimated.</summary>
    public string Dispersion { get; init; } = "fixed";

    public double Tau { get; init; } = 0.5;

    public double Delta { get; init; } = 1.345;

    public string Missing { get; init; } = "fail";

    public string OnBadRow { get; init; } = "fail";

    public string Header { get; init; } = "auto";

    public string? Separator { get; init; }

    public int SkipLines { get; init; }

    public string? DecimalSign { get; init; }

    public string? Encoding { get; init; }

    public IReadOnlyList<string> MissingWords { get; init; } = [];

    public int MaxFeatures { get; init; } = Descent.Data.LibsvmReader.DefaultLimit;

    public bool ZeroBased { get; init; }

    public string? Out { get; init; }

    public string? Report { get; init; }

    public string? Proof { get; init; }

    public string? Run { get; init; }

    public bool Json { get; init; }

    public bool Quiet { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Whether a table says where the time went.</summary>
    public bool Profile { get; init; }

    public string CommandLine { get; init; } = "";

    /// <summary>The option that sets a number of a method.</summary>
    public static string OptionOf(string name) => name is "momentum" or "beta1" or "beta2" or "eps" or "memory" or "weight-decay" ? "--" + name : "--set " + name;
}
