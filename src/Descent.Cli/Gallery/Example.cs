namespace Descent.Cli.Gallery;

/// <summary>A worked example of the notes.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is.</param>
/// <param name="Source">Where the notes have it.</param>
/// <param name="Run">Computes it.</param>
sealed record Example(string Id, string Title, string Source, Func<ExampleResult> Run);
