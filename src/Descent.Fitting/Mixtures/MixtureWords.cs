using Descent.Mixtures;
using Descent.Mixtures.Search;

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

    public static string Of(MixtureMethod method) => method switch
    {
        MixtureMethod.Em => "em",
        MixtureMethod.Squarem => "squarem",
        _ => "anderson",
    };

    public static MixtureMethod? Method(string word) => word switch
    {
        "em" => MixtureMethod.Em,
        "squarem" => MixtureMethod.Squarem,
        "anderson" => MixtureMethod.Anderson,
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

    /// <summary>The recursion of a method on a family's map.</summary>
    public static string Recursion(MixtureMethod method, string map) => method switch
    {
        MixtureMethod.Em => $"θ ← {map}",
        MixtureMethod.Squarem => $"SQUAREM on θ ↦ {map}, taken back where it lowers ℓ",
        _ => $"Anderson's extrapolation of depth 5 on θ ↦ {map}, taken back where it lowers ℓ",
    };
}
