namespace Descent.Models.Separation;

/// <summary>Likelihoods that can be without a maximum, since directions exist along which they rise for ever.</summary>
public enum SeparationKind
{
    /// <summary>Two classes (logistic): labels 0 and 1.</summary>
    TwoClasses,

    /// <summary>Classes by number (softmax), class 0 the reference.</summary>
    Classes,

    /// <summary>Counts with log link (Poisson): rows with count 0 whose mean can fall to 0.</summary>
    Counts,
}
