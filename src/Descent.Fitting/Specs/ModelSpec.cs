using Descent.Fitting.Families;

namespace Descent.Fitting;

/// <summary>Which model, and what its objective is made of.</summary>
public sealed record ModelSpec
{
    /// <summary>The family; null lets the target decide.</summary>
    public ModelFamily? Family { get; init; }

    /// <summary>The network inside the loss; null for linear models.</summary>
    public NetworkSpec? Network { get; init; }

    /// <summary>λ of (λ/2)‖w‖² on the mean loss.</summary>
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

    /// <summary>α above 0 of the variance μ + αμ² of negative binomial counts; null estimates it by maximum likelihood.</summary>
    public double? Overdispersion { get; init; }

    /// <summary>p in (1, 2) of a Tweedie variance in proportion to μ^p; null for 1.5.</summary>
    public double? Power { get; init; }

    /// <summary>K ≥ 0, numbers a column of a factorisation machine; null for 8.</summary>
    public int? Rank { get; init; }

    /// <summary>What the weights of rows mean.</summary>
    public WeightMeaning WeightsAre { get; init; }

    /// <summary>
    /// Whether the dispersion behind the standard errors of counts is estimated from the residuals (quasi-Poisson), not 1.
    /// </summary>
    public bool EstimatesDispersion { get; init; }

    /// <summary>Whether every term, a column or all levels of a factor, is tested: by its estimates and by the fit without it.</summary>
    public bool TestsTerms { get; init; }

    /// <summary>Whether the 95 % intervals of the coefficients are of the profile likelihood (R's <c>confint</c> of a glm), not Wald's.
    /// For likelihoods without a penalty; about 60 Hessians a coefficient.</summary>
    public bool ProfilesLikelihood { get; init; }

    /// <summary>How many of the most influential rows are told, by Cook's distance; null for none. For families of one margin with a
    /// likelihood, without a penalty.</summary>
    public int? MostInfluential { get; init; }

    /// <summary>Robust standard errors; null for those of the model. For families of one margin without kinks.</summary>
    public RobustErrors? Robust { get; init; }

    /// <summary>Weights of classes; null for none.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>Whether every parameter is penalised where any is.</summary>
    internal bool PenalisesAll => !Intercept || PenaliseIntercept;

    /// <summary>τ.</summary>
    internal double Tau => Quantile ?? 0.5;

    /// <summary>δ.</summary>
    internal double Delta => Threshold ?? 1.345;

    /// <summary>The number that a family has of its own; NaN where it has none.</summary>
    internal double OwnOf(ModelFamily family) => family.Own switch
    {
        FamilyNumber.Quantile => Tau,
        FamilyNumber.Threshold => Delta,
        FamilyNumber.Overdispersion => Overdispersion ?? double.NaN,
        FamilyNumber.Power => Power ?? 1.5,
        FamilyNumber.Rank => Rank ?? 8,
        _ => double.NaN,
    };

    internal IEnumerable<string> Faults()
    {
        if (!(L2.Value >= 0 && double.IsFinite(L2.Value)))
            yield return FormattableString.Invariant(
                $"`L2` is {L2.Value}; expected a number ≥ 0 or 1/n. It is λ of (λ/2)‖w‖² on the mean loss.");
        if (!(L1 >= 0 && double.IsFinite(L1))) yield return FormattableString.Invariant($"`L1` is {L1}; expected a number ≥ 0.");
        if (Quantile is { } tau && !(tau > 0 && tau < 1))
            yield return FormattableString.Invariant($"`Quantile` is {tau}; expected a number between 0 and 1.");
        if (Threshold is { } delta && !(delta > 0 && double.IsFinite(delta)))
            yield return FormattableString.Invariant($"`Threshold` is {delta}; expected a number above 0, in the unit of the target.");
        if (Overdispersion is { } alpha && !(alpha > 0 && double.IsFinite(alpha)))
            yield return FormattableString.Invariant($"`Overdispersion` is {alpha}; expected a number above 0, ")
                + "α of the variance μ + αμ².";
        if (Power is { } power && !(power > 1 && power < 2))
            yield return FormattableString.Invariant($"`Power` is {power}; expected a number between 1 and 2, p of a variance μ^p.");
        if (Robust is not null && ProfilesLikelihood)
            yield return "`Robust` and `ProfilesLikelihood = true` are two answers to one question; choose one.";
        if (MostInfluential < 1)
            yield return $"`MostInfluential` is {MostInfluential}; expected a number of rows, at least 1.";
        if (Overdispersion is not null && Family?.Own != FamilyNumber.Overdispersion)
            yield return "`Overdispersion` belongs to `Family = negative-binomial`.";
        if (Power is not null && Family?.Own != FamilyNumber.Power) yield return "`Power` belongs to `Family = tweedie`.";
        if (Rank is < 0 or > 10_000) yield return $"`Rank` is {Rank}; expected a number from 0 to 10000.";
        if (Rank is not null && Family?.Own != FamilyNumber.Rank)
            yield return "`Rank` belongs to `Family = fm` and `Family = fm-logistic`.";
        if (Robust is not null && EstimatesDispersion)
            yield return "`Robust` and `Dispersion = estimated` are two answers to one question; choose one.";
    }
}
