using System.Globalization;

namespace Descent.Fitting.Search;

/// <summary>One number to be tuned, on a logarithmic scale between two ends.</summary>
sealed record SearchDimension(string Name, double Low, double High)
{
    /// <summary>The option that sets it in a fit.</summary>
    public string Option => Name is "lr" or "l1" or "l2" or "batch" ? "--" + Name : FitRequest.OptionOf(Name);

    /// <summary>A range A..B, or null when the text is none.</summary>
    public static SearchDimension? Parse(string name, string text)
    {
        int at = text.IndexOf("..", StringComparison.Ordinal);
        if (at < 0) return null;
        if (!Number(text[..at], out double low) || !Number(text[(at + 2)..], out double high) || !(low > 0) || !(high > low) || !double.IsFinite(high))
            throw new UsageException($"the range of {name} is '{text}'; expected A..B with 0 < A < B, for example 1e-4..1.");
        return new SearchDimension(name, low, high);
    }

    /// <summary>The value at a part of the way from one end to the other, rounded to three figures so that the command line reproduces it.</summary>
    public double At(double part) => Round(Low * Math.Pow(High / Low, part));

    /// <summary>Three figures; a batch is a whole number.</summary>
    public double Round(double x) => Name == "batch" ? Math.Max(1, Math.Round(x)) : double.Parse(x.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>The request with this number set.</summary>
    public FitRequest Set(FitRequest r, double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        r = Name switch
        {
            "lr" => r with { LearningRate = text },
            "l2" => r with { L2 = text },
            "l1" => r with { L1 = value },
            "batch" => r with { Batch = text },
            _ => r with { Numbers = new Dictionary<string, double>(r.Numbers) { [Name] = value } },
        };
        return r;
    }

    /// <summary>The command line with this number set.</summary>
    public string Set(string line, double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return Option.StartsWith("--set ", StringComparison.Ordinal) ? $"{line} --set {Name}={text}" : CommandText.With(line, Option, text);
    }

    static bool Number(string text, out double x) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out x);
}
