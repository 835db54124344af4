using Descent.Runs;

namespace Descent.Cli.Commands;

/// <summary>What a command that fits was asked: the fit itself, and how it is run and shown.</summary>
/// <param name="Spec">The fit.</param>
sealed record FitArguments(FitSpec Spec)
{
    /// <summary>Whether one JSON object is printed instead of text.</summary>
    public bool Json { get; init; }

    /// <summary>Whether one line is printed instead of tables.</summary>
    public bool Quiet { get; init; }

    /// <summary>Whether plan, constants and memory are printed and nothing is fitted.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether a table says where the time went.</summary>
    public bool Profile { get; init; }

    /// <summary>Whether the doctor's remedy is applied and the fit repeated with it.</summary>
    public bool Fix { get; init; }

    /// <summary>Seeds that are run; null for the command's own number.</summary>
    public int? Repeat { get; init; }

    /// <summary>Ranges to search instead of numbers (lr, l2).</summary>
    public IReadOnlyList<SearchDimension> Ranges { get; init; } = [];

    /// <summary>The words of the command line, from the name of the command on.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>When the run keeps its state; null for only when it is interrupted.</summary>
    public Checkpoints? Checkpoints { get; init; }

    /// <summary>The run that this one goes on with; null for a new one.</summary>
    public (RunRecord Record, RunState State)? From { get; init; }

    /// <summary>How a stream is learnt from row by row; null for a fit to all rows.</summary>
    public OnlineArguments? Online { get; init; }

    /// <summary>Whether text with tables is printed.</summary>
    public bool Loud => !Json && !Quiet;
}
