namespace Descent;

/// <summary>One method of the catalogue.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Id">Id in the catalogue of the notes; – when the method is not from there.</param>
/// <param name="Title">Standard name.</param>
/// <param name="Recursion">The recursion in short.</param>
/// <param name="Needs">What it asks of the objective.</param>
/// <param name="Cost">Cost of a step.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Aliases">Other names that are understood.</param>
public sealed record CatalogueEntry(string Name, string Id, string Title, string Recursion, string Needs, string Cost, string Source, IReadOnlyList<string> Aliases)
{
    /// <summary>Whether the method can be driven by sampled gradients.</summary>
    public bool CanSample => Needs is "samples" or "samples or gradient" or "finite sum";
}
