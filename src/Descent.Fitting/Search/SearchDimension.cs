using System.Globalization;
using Descent.Diagnosis;

namespace Descent.Fitting.Search;

/// <summary>One number to be tuned, on a logarithmic scale between two ends.</summary>
sealed record SearchDimension(string Name, double Low, double High)
{
    /// <summary>Name of the step size.</summary>
    public const string StepSize = "lr";

    /// <summary>The setting of a fit that it is.</summary>
    public string Setting => Name switch
    {
        StepSize => "StepSize",
        "l1" => "L1",
        "l2" => "L2",
        "batch" => "Batch",
        _ => "Numbers." + Name,
    };

    /// <summary>A range A..B, or null when the text is none.</summary>
    public static SearchDimension? Parse(string name, string text)
    {
        int at = text.IndexOf("..", StringComparison.Ordinal);
        if (at < 0) return null;
        if (!Number(text[..at], out double low) || !Number(text[(at + 2)..], out double high) || !(low > 0) || !(high > low)
            || !double.IsFinite(high))
            throw new FitException($"the range of {name} is '{text}'; expected A..B with 0 < A < B, for example 1e-4..1.");
        return new SearchDimension(name, low, high);
    }

    /// <summary>
    /// The value at a part of the way from one end to the other, rounded to three figures so that the command line reproduces it.
    /// </summary>
    public double At(double part) => Round(Low * Math.Pow(High / Low, part));

    /// <summary>Three figures; a batch is a whole number.</summary>
    public double Round(double x) => Name == "batch" ? Math.Max(1, Math.Round(x))
        : double.Parse(x.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>The specification with this number set.</summary>
    public FitSpec Set(FitSpec s, double value) => Name switch
    {
        StepSize => s with { Method = s.Method with { StepSize = value } },
        "l2" => s with { Model = s.Model with { L2 = value } },
        "l1" => s with { Model = s.Model with { L1 = value } },
        "batch" => s with { Method = s.Method with { Batch = (int)value } },
        _ => s with { Method = s.Method with { Numbers = new Dictionary<string, double>(s.Method.Numbers) { [Name] = value } } },
    };

    /// <summary>The same as a change of a setting.</summary>
    public SettingChange Change(double value) => new(Setting, value.ToString("R", CultureInfo.InvariantCulture));

    static bool Number(string text, out double x) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out x);
}
