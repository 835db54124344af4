namespace Descent.Fitting;

/// <summary>Which λ of a path the model is taken from.</summary>
public enum PathChoice
{
    /// <summary>That of the least mean held-out loss.</summary>
    Min,

    /// <summary>The largest whose mean held-out loss is within one standard error of the least.</summary>
    OneStandardError,
}
