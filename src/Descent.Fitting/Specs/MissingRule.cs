using Descent.Data;

namespace Descent.Fitting;

/// <summary>
/// What happens to the missing values of a column: an error, the row left out, or a value in their place, which is taken from the rows
/// that train alone. Never in a target, weights or an offset, whose rows are left out.
/// </summary>
/// <param name="Policy">What happens.</param>
/// <param name="Indicator">
/// Whether a column NAME_missing says where a value was filled in (1) and where not (0); made where some row lacks a value.
/// </param>
public readonly record struct MissingRule(MissingPolicy Policy, bool Indicator = false)
{
    /// <summary>Whether a value takes the place of a missing one.</summary>
    public bool Fills => Policy is MissingPolicy.Mean or MissingPolicy.Median or MissingPolicy.Mode;

    /// <summary>A policy without an indicator.</summary>
    public static implicit operator MissingRule(MissingPolicy policy) => new(policy);

    /// <summary>As it is written: <c>median+indicator</c>.</summary>
    public override string ToString() => (Policy switch
    {
        MissingPolicy.Fail => "fail",
        MissingPolicy.Skip => "skip",
        MissingPolicy.Median => "median",
        MissingPolicy.Mode => "mode",
        MissingPolicy.Keep => "keep",
        _ => "mean",
    }) + (Indicator ? "+indicator" : "");
}
