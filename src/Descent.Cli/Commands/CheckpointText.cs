using System.Globalization;
using Descent.Runs;

namespace Descent.Cli.Commands;

/// <summary><c>--checkpoint every=10s,steps=N,epochs=N</c>.</summary>
static class CheckpointText
{
    /// <exception cref="UsageException">The text is no such list.</exception>
    public static Checkpoints Parse(string text)
    {
        Checkpoints when = new();
        foreach (string part in text.Split(','))
        {
            string[] pair = part.Split('=', 2);
            string value = pair.Length == 2 ? pair[1].Trim() : "";
            when = pair[0].Trim() switch
            {
                "every" => when with { EveryTime = Time(value) ?? throw Wrong(part) },
                "steps" => when with { EverySteps = Whole(value) ?? throw Wrong(part) },
                "epochs" => when with { EveryEpochs = Real(value) ?? throw Wrong(part) },
                _ => throw Wrong(part),
            };
        }
        return when;
    }

    static TimeSpan? Time(string text)
    {
        try
        {
            return OptionText.Time(text) is { } t && t > TimeSpan.Zero ? t : null;
        }
        catch (UsageException)
        {
            // It speaks of another option.
            return null;
        }
    }

    static long? Whole(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long n) && n > 0 ? n : null;

    static double? Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && x > 0 && double.IsFinite(x) ? x : null;

    static UsageException Wrong(string part) => new($"--checkpoint holds '{part}'; expected every=TIME, steps=N or epochs=N, above 0, for "
        + "example --checkpoint every=10s or --checkpoint epochs=1.");
}
