using Descent.Guarantees;
using Descent.Models.Constants;

namespace Descent.Fitting.Planning;

/// <summary>Constants that the user vouches for: <c>`Assume = D=3,sigma2=0.5`</c>. What the data refute is refused.</summary>
static class AssumedConstants
{
    public static PilotRun Apply(IReadOnlyDictionary<string, double> assumed, PilotRun pilot)
    {
        ProblemConstants c = pilot.Constants;
        foreach (var (name, x) in assumed)
        {
            c = name switch
            {
                "D" => c with { Distance = AtLeast("D", x, Proved(c.Distance, pilot.Radius)) },
                "Delta" or "Δ" => c with { Gap = AtLeast("Δ", x, double.NaN) },
                "sigma2" or "σ²" => c with { Variance = Quantity.Assumed("σ²", x) },
                "G" => c with { Lipschitz = Quantity.Assumed("G", x), StepLimit = double.PositiveInfinity },
                "Gl" or "G_ℓ" => c with { SampleLipschitz = Quantity.Assumed("G_ℓ", x), StepLimit = double.PositiveInfinity },
                "H" => c with { Smoothness = Quantity.Assumed("H", x) },
                "J" => c with { HessianLipschitz = Quantity.Assumed("J", x) },
                "mu" or "μ" => c with { StrongConvexity = Quantity.Assumed("μ", x) },
                _ => throw new FitException($"`Assume`: '{name}' is not a constant that can be vouched for. Names: {AssumedNames.Known}."),
            };
        }
        return pilot with { Constants = c };
    }

    // The start is at least this far from the minimiser.
    static double Proved(Quantity distance, double radius) => distance.Evidence == Evidence.UpperBound && double.IsFinite(radius)
        ? distance.Value - (2 * radius) : double.NaN;

    static Quantity AtLeast(string symbol, double x, double least) => x < least
        ? throw new FitException(
            FormattableString.Invariant($"`Assume = {symbol}={x}` is refuted by the data: {symbol} is at least {least:G6}."))
        : Quantity.Assumed(symbol, x);
}
