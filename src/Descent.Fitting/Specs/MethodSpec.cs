using Descent.Estimators;
using Descent.Oracles;

namespace Descent.Fitting;

/// <summary>How the optimum is looked for. A name alone is one: <c>Method = "lbfgs"</c>.</summary>
public sealed record MethodSpec
{
    /// <summary>A name of the catalogue, or auto.</summary>
    public string Name { get; init; } = Auto;

    /// <summary>Step size η above 0; null takes it from the smoothness.</summary>
    public double? StepSize { get; init; }

    /// <summary>Schedule, also by its text form (<c>cosine:min=1e-5,warmup=5%</c>); null for the method's own.</summary>
    public ScheduleSpec? Schedule { get; init; }

    /// <summary>
    /// The guarantee that is followed, or asked about the step sizes given, by its name (G11, SAGA); null leaves the choice to the theory's
    /// schedule.
    /// </summary>
    public string? Theorem { get; init; }

    /// <summary>Constants that the user vouches for: D, Delta, sigma2, G, Gl, H, J, mu, each ≥ 0.</summary>
    public IReadOnlyDictionary<string, double> Assume { get; init; } = new Dictionary<string, double>();

    /// <summary>Examples a step; null for the method's own, 0 for full gradients.</summary>
    public int? Batch { get; init; }

    /// <summary>
    /// Parts that a batch is computed in, one after another or by several ranks, K ≥ 1: their gradients are added in order, so that the
    /// result depends on K and not on who computes them.
    /// </summary>
    public int MicroBatches { get; init; } = 1;

    /// <summary>
    /// How the gradients of a batch's parts are written in fewer bytes, with error feedback: another result than without, the same for any
    /// number of ranks; null for whole.
    /// </summary>
    public GradientCompression? Compression { get; init; }

    /// <summary>Order of visits; null for the method's own.</summary>
    public SampleOrder? Order { get; init; }

    /// <summary>
    /// Average of the iterates that is reported, also by its text form (<c>suffix</c>, <c>ema:0.99</c>); null for the method's own.
    /// </summary>
    public AverageSpec? Average { get; init; }

    /// <summary>Numbers of the method by their catalogue names.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    /// <summary>A method by its name.</summary>
    public static implicit operator MethodSpec(string name) => Named(name);

    /// <summary>A method by its name.</summary>
    public static MethodSpec Named(string name) => new() { Name = name };

    internal const string Auto = "auto";

    /// <summary>Batch for full gradients.</summary>
    internal const int Full = 0;

    internal bool IsAuto => Name == Auto;

    /// <summary>Whether a guarantee speaks about the run.</summary>
    internal bool WantsTheory => Schedule is { IsTheory: true } || Theorem is not null;

    /// <summary>Whether the guarantee also gives the steps.</summary>
    internal bool TheorySteps => Schedule is { IsTheory: true } || (Theorem is not null && Schedule is null && StepSize is null);

    /// <summary>The same for one method of the catalogue, without what means nothing to it.</summary>
    internal MethodSpec For(CatalogueEntry entry) => this with
    {
        Name = entry.Name,
        Batch = entry.CanSample && (Batch == Full || entry.HasBatches(Batch ?? 1)) ? Batch : null,
        Order = entry.CanSample ? Order : null,
        MicroBatches = entry.CanSample ? MicroBatches : 1,
        StepSize = entry.Step is null ? null : StepSize,
        Schedule = entry.Step is null ? null : Schedule,
        Numbers = Numbers.Where(n => entry.Parameters.Any(p => p.Name == n.Key)).ToDictionary(),
    };

    internal IEnumerable<string> Faults()
    {
        if (!IsAuto && Catalogue.Find(Name) is null)
            yield return $"`Method` '{Name}' is not known. Known: auto, {string.Join(", ", Catalogue.All.Select(e => e.Name))}. "
                + $"'descent methods' says what each is.";
        if (StepSize is { } s && !(s > 0 && double.IsFinite(s)))
            yield return FormattableString.Invariant($"`StepSize` is {s}; expected a positive number or auto.");
        if (Batch is < 0) yield return $"`Batch` is {Batch}; expected a number of examples ≥ 1, or full.";
        if (MicroBatches < 1) yield return $"`MicroBatches` is {MicroBatches}; expected a number of parts ≥ 1.";
        if (MicroBatches > 1 && Batch is Full)
            yield return "`MicroBatches` cuts a batch into parts; full passes are cut by themselves. Leave it out.";
        if (Compression is not null && Batch is Full)
            yield return "`Compression` is for gradients of batches; full passes travel whole. Leave it out, or give `Batch`.";
        if (Theorem is { } t && TheoremNames.Find(t) is null) yield return TheoremNames.Unknown(t);
        foreach (var (name, x) in Assume)
        {
            if (!AssumedNames.IsKnown(name))
                yield return $"`Assume`: '{name}' is not a constant that can be vouched for. Names: {AssumedNames.Known}.";
            else if (!(x >= 0 && double.IsFinite(x)))
                yield return FormattableString.Invariant(
                    $"`Assume = {name}={x}`; expected NAME=VALUE with a number ≥ 0, for example `Assume = D=3`.");
        }
    }
}
