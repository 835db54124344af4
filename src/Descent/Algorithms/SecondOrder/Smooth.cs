using Descent.Oracles;

namespace Descent.Algorithms;

/// <summary>The check that methods for differentiable objectives share.</summary>
static class Smooth
{
    public static void Allow(IOracle oracle, string method)
    {
        if (oracle.NonSmooth is { } h)
            throw new ArgumentException($"{method} has no proximal form here; this objective carries a non-smooth part "
                + $"({h.Description}). Use fista, gd, sgd or svrg.");
    }

    public static void Require(IOracle oracle, string method)
    {
        if (oracle.NonSmooth is { } h)
            throw new ArgumentException($"{method} needs a differentiable objective; this one carries a non-smooth part "
                + $"({h.Description}). Use fista, gd, sgd or svrg.");
    }
}
