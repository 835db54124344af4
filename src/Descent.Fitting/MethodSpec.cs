namespace Descent.Fitting;

/// <summary>How the optimum is looked for. A name alone is one: <c>Method = "lbfgs"</c>.</summary>
public sealed record MethodSpec
{
    /// <summary>A name of the catalogue, or auto.</summary>
    public string Name { get; init; } = "auto";

    /// <summary>Step size η above 0; null takes it from the smoothness.</summary>
    public double? StepSize { get; init; }

    /// <summary>Schedule in the form of the command line (<c>cosine:min=1e-5,warmup=5%</c>); null for the method's own.</summary>
    public string? Schedule { get; init; }

    /// <summary>Examples a step; null for the method's own, 0 for full gradients.</summary>
    public int? Batch { get; init; }

    /// <summary>Average of the iterates that is reported (<c>suffix</c>, <c>ema:0.99</c>); null for the method's own.</summary>
    public string? Average { get; init; }

    /// <summary>Numbers of the method by their catalogue names.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    /// <summary>A method by its name.</summary>
    public static implicit operator MethodSpec(string name) => Named(name);

    /// <summary>A method by its name.</summary>
    public static MethodSpec Named(string name) => new() { Name = name };

    internal IEnumerable<string> Faults()
    {
        if (Name != "auto" && Catalogue.Find(Name) is null) yield return $"Method is '{Name}', which the catalogue does not have. It has auto, {string.Join(", ", Catalogue.All.Select(e => e.Name))}.";
        if (StepSize is { } s && !(s > 0 && double.IsFinite(s))) yield return FormattableString.Invariant($"Method.StepSize is {s}; expected a number above 0.");
        if (Batch is < 0) yield return $"Method.Batch is {Batch}; expected a number of examples ≥ 1, or 0 for all.";
    }
}
