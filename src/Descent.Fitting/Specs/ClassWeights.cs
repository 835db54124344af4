namespace Descent.Fitting;

/// <summary>What the rows of a class count for: as many as balances the classes, or a factor a level.</summary>
public sealed record ClassWeights
{
    ClassWeights(IReadOnlyDictionary<string, double>? factors) => Factors = factors;

    /// <summary>n/(K·n_k) for class k of K with n_k of n rows.</summary>
    public static ClassWeights Balanced { get; } = new((IReadOnlyDictionary<string, double>?)null);

    /// <summary>Factors ≥ 0 by level, 1 for those that are not named; null when the classes are balanced.</summary>
    public IReadOnlyDictionary<string, double>? Factors { get; }

    /// <summary>Factors ≥ 0 by level; 1 for those that are not named.</summary>
    public static ClassWeights Of(IReadOnlyDictionary<string, double> factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        foreach (var (level, w) in factors)
            if (!(w >= 0 && double.IsFinite(w)))
                throw new FitException(
                    FormattableString.Invariant($"`ClassWeights`: the weight of '{level}' is {w}; expected a number ≥ 0."));
        return new ClassWeights(new Dictionary<string, double>(factors));
    }
}
