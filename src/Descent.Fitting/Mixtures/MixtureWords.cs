using Descent.Mixtures;
using Descent.Mixtures.Search;
using Descent.Oracles;

namespace Descent.Fitting.Mixtures;

/// <summary>Words for what is chosen from lists.</summary>
static class MixtureWords
{
    public static string Of(CovarianceShape shape) => shape switch
    {
        CovarianceShape.Full => "full",
        CovarianceShape.Tied => "tied",
        CovarianceShape.Diagonal => "diagonal",
        _ => "spherical",
    };

    public static CovarianceShape? Shape(string word) => word switch
    {
        "full" => CovarianceShape.Full,
        "tied" => CovarianceShape.Tied,
        "diagonal" or "diag" => CovarianceShape.Diagonal,
        "spherical" => CovarianceShape.Spherical,
        _ => null,
    };

    public static string Of(SampleOrder order) => order switch
    {
        SampleOrder.ShuffleOnce => "shuffle-once",
        _ => order.ToString().ToLowerInvariant(),
    };

    public static string Of(MixtureMethod method) => method switch
    {
        MixtureMethod.Em => "em",
        MixtureMethod.Squarem => "squarem",
        MixtureMethod.Anderson => "anderson",
        MixtureMethod.Ecm => "ecm",
        MixtureMethod.Ecme => "ecme",
        MixtureMethod.Online => "online",
        MixtureMethod.Stochastic => "stochastic",
        _ => "sgd",
    };

    public static MixtureMethod? Method(string word) => word switch
    {
        "em" => MixtureMethod.Em,
        "squarem" => MixtureMethod.Squarem,
        "anderson" => MixtureMethod.Anderson,
        "ecm" => MixtureMethod.Ecm,
        "ecme" => MixtureMethod.Ecme,
        "online" => MixtureMethod.Online,
        "stochastic" => MixtureMethod.Stochastic,
        "sgd" => MixtureMethod.Sgd,
        _ => null,
    };

    public static string Of(MixtureCriterion criterion) => criterion switch
    {
        MixtureCriterion.Bic => "bic",
        MixtureCriterion.Icl => "icl",
        _ => "aic",
    };

    public static MixtureCriterion? Criterion(string word) => word switch
    {
        "bic" => MixtureCriterion.Bic,
        "icl" => MixtureCriterion.Icl,
        "aic" => MixtureCriterion.Aic,
        _ => null,
    };

    /// <summary>The methods, comma after comma.</summary>
    public static string Methods => string.Join(", ", Enum.GetValues<MixtureMethod>().Select(Of));

    /// <summary>The recursion of a method on a family's map.</summary>
    public static string Recursion(MixtureMethod method, string map) => method switch
    {
        MixtureMethod.Em or MixtureMethod.Ecm or MixtureMethod.Ecme => $"θ ← {map}",
        MixtureMethod.Online => $"s ← (1 − γ)s + γ E[s(x_B, z) | θ], γ = t^−0.6, θ = argmax(s) in the place of {map}; the average of θ",
        MixtureMethod.Stochastic => "z ~ p(z | x_B, θ), θ ← (1 − η)θ + η argmax log p(x_B, z | θ), η = t^−0.6; the average of θ",
        MixtureMethod.Sgd => "w ← w + 0.3 g/√Σg², g = ∇ log p(x_B, z | w), z ~ p(z | x_B, w); the average of w",
        MixtureMethod.Squarem => $"SQUAREM on θ ↦ {map}, taken back where it lowers ℓ",
        _ => $"Anderson's extrapolation of depth 5 on θ ↦ {map}, taken back where it lowers ℓ",
    };
}
