namespace Descent;

/// <summary>
/// A method of the catalogue that is not driven by gradients of an objective: roots and fixed points, estimating equations, latent
/// variables, annealing, diffusions. It is run by a class and, where people bring data to it, by a command of its own, not by the method of
/// a fit.
/// </summary>
/// <param name="Name">Name on the command line and of its page in docs/methods.</param>
/// <param name="Id">Id in the catalogue of the notes (M32–M41); "beyond" when it is not there.</param>
/// <param name="Title">Standard name.</param>
/// <param name="Recursion">The recursion in short.</param>
/// <param name="Needs">What it asks of its object.</param>
/// <param name="Cost">Cost of a step.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record Procedure(string Name, string Id, string Title, string Recursion, ProcedureNeeds Needs, string Cost, string Source)
{
    /// <summary>What it needs, in words.</summary>
    public string NeedsText => Needs switch
    {
        ProcedureNeeds.Observations => "noisy observations",
        ProcedureNeeds.Values => "values",
        ProcedureNeeds.Map => "map",
        ProcedureNeeds.EstimatingFunction => "estimating function",
        ProcedureNeeds.LatentModel => "latent-variable model",
        ProcedureNeeds.NoisyGradients => "gradients and their noise",
        _ => throw new InvalidOperationException($"The need {Needs} has no words."),
    };

    /// <summary>The class that runs it.</summary>
    public required Type Runs { get; init; }

    /// <summary>The command that runs it on a person's data, with the option that picks it (<c>mixture, method em</c>);
    /// null when it is for programs alone.</summary>
    public string? Command { get; init; }
}
