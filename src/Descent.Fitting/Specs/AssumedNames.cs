namespace Descent.Fitting;

/// <summary>Constants that a user can vouch for.</summary>
static class AssumedNames
{
    /// <summary>Their names.</summary>
    public const string Known = "D, Delta, sigma2, G, Gl, H, J, mu";

    /// <summary>Whether a constant of this name can be vouched for.</summary>
    public static bool IsKnown(string name) =>
        name is "D" or "Delta" or "Δ" or "sigma2" or "σ²" or "G" or "Gl" or "G_ℓ" or "H" or "J" or "mu" or "μ";
}
