namespace Descent.Fitting.Fits;

/// <summary>What is said of a run that ended inside a step.</summary>
static class LastIterate
{
    /// <summary>Its name in a sentence.</summary>
    public static string Name(long step) => $"the iterate of step {Text.Count(step)}";

    /// <summary>What its model says of itself.</summary>
    public static string Sentence(long step) => $"Interrupted within a step; the model is the last iterate that was complete and "
        + $"looked at, that of step {step}, and nothing is proved of it.";
}
