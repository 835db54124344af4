using System.CommandLine;

namespace Descent.Cli.Commands;

/// <summary>The options of intervals beside predictions.</summary>
sealed class IntervalOptions
{
    readonly Option<double?> level = new("--interval")
    {
        Description = "Add the ends of an interval of this level, for example 0.95, as the columns low and high.",
    };

    readonly Option<string> of = new("--interval-of")
    {
        Description = "What the interval is to hold: mean (R's interval=\"confidence\"), or for linear models observation, a new one of "
            + "weight 1 (R's interval=\"prediction\").",
        DefaultValueFactory = _ => "mean",
    };

    /// <summary>Gives them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(level);
        command.Add(of);
    }

    /// <summary>The intervals that were asked for; null for none.</summary>
    public IntervalSpec? Read(ParseResult p)
    {
        IntervalOf kind = p.GetValue(of) switch
        {
            "mean" => IntervalOf.Mean,
            "observation" => IntervalOf.Observation,
            var other => throw new UsageException($"--interval-of is '{other}'; expected mean or observation."),
        };
        if (p.GetValue(level) is { } asked) return new IntervalSpec { Level = asked, Of = kind };
        return p.GetResult(of) is { Implicit: false }
            ? throw new UsageException("--interval-of says what --interval is of: give it a level, --interval 0.95.") : null;
    }
}
