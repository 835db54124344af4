using System.CommandLine;
using System.Globalization;

namespace Descent.Cli.Commands;

/// <summary>The options of learning from a stream.</summary>
sealed class OnlineOptions
{
    readonly Option<bool> online = new("--online")
    {
        Description = "Learn row by row, for ever, in constant memory, each row predicted before it is learnt from; DATA is one input, - "
            + "for standard input. The model is written at the end, on Ctrl-C and on SIGTERM.",
    };

    readonly Option<string?> saveEvery = new("--save-every")
    {
        Description = "With --online, write the model (--out) every so many rows, 10000, or so often, 30s.",
    };

    readonly Option<long?> progress = new("--progress")
    {
        Description = "With --online, print a line every N rows. Default: at rows 1, 2, 4, 8, …",
    };

    /// <summary>Gives them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option o in new Option[] { online, saveEvery, progress }) command.Add(o);
    }

    /// <summary>How a stream is learnt from; null where none is.</summary>
    /// <exception cref="UsageException">An option means nothing here, or is out of range.</exception>
    public OnlineArguments? Read(ParseResult p)
    {
        string? save = p.GetValue(saveEvery);
        long? every = p.GetValue(progress);
        if (!p.GetValue(online))
            return save is null && every is null ? null
                : throw new UsageException($"{(save is null ? progress.Name : saveEvery.Name)} is for a stream: say --online.");
        if (every < 1) throw new UsageException($"--progress is {every}; expected a number of rows, at least 1.");
        (long? rows, TimeSpan? time) = save is null ? (null, null) : Interval(save);
        return new OnlineArguments { SaveRows = rows, SaveTime = time, Progress = every };
    }

    static (long?, TimeSpan?) Interval(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long rows) && rows > 0) return (rows, null);
        if (text.Length > 1 && char.IsLetter(text[^1]))
        {
            try
            {
                return (null, OptionText.Time(text));
            }
            catch (UsageException)
            {
                // It speaks of another option.
            }
        }
        throw new UsageException($"--save-every is '{text}'; expected a number of rows, 10000, or a time, 30s.");
    }
}
