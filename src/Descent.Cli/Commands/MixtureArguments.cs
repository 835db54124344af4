namespace Descent.Cli.Commands;

/// <summary>What <c>descent mixture</c> was asked.</summary>
/// <param name="Data">Which data.</param>
/// <param name="Spec">Which mixture.</param>
/// <param name="Output">What is written.</param>
sealed record MixtureArguments(DataSpec Data, MixtureSpec Spec, OutputSpec Output)
{
    /// <summary>Whether one JSON object is printed instead of text.</summary>
    public bool Json { get; init; }

    /// <summary>Whether one line is printed instead of tables.</summary>
    public bool Quiet { get; init; }
}
