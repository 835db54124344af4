using System.Globalization;
using Descent.Autodiff.Networks;
using Descent.Data;
using Descent.Estimators;
using Descent.Mixtures;
using Descent.Mixtures.Search;
using Descent.Oracles;

namespace Descent.Cli.Commands;

/// <summary>The words of options, parsed: here text becomes values, and nowhere below.</summary>
static class OptionText
{
    public static DataFormat? Format(string? text) => text switch
    {
        null => null,
        "csv" or "tsv" => DataFormat.Csv,
        "libsvm" or "svmlight" => DataFormat.Libsvm,
        "idx" => DataFormat.Idx,
        "vw" => DataFormat.Vw,
        "jsonl" => DataFormat.JsonLines,
        "npy" or "npz" => DataFormat.Npy,
        _ => throw new UsageException($"--format is '{text}'; expected csv, tsv, jsonl, libsvm, vw, idx or npy."),
    };

    public static bool? Header(string text) => text switch
    {
        "auto" => null,
        "yes" => true,
        "no" => false,
        _ => throw new UsageException($"--header is '{text}'; expected auto, yes or no."),
    };

    /// <summary>Rules for missing values: one for all columns, and those of columns, <c>age=median+indicator,*=skip</c>.</summary>
    public static (MissingRule All, Dictionary<string, MissingRule> Of) Missing(string? text)
    {
        MissingRule all = default;
        Dictionary<string, MissingRule> columns = new(StringComparer.Ordinal);
        bool given = false;
        foreach (string part in text?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            int at = part.LastIndexOf('=');
            string column = at < 0 ? "*" : part[..at].Trim();
            MissingRule rule = Rule(part[(at + 1)..].Trim(), text!);
            if (column.Length == 0) throw new UsageException($"--missing is '{text}'; expected a column before '=', or * for all others.");
            if (column == "*" ? given : !columns.TryAdd(column, rule))
                throw new UsageException($"--missing is '{text}', which has two rules for "
                    + $"{(column == "*" ? "all others" : $"'{column}'")}.");
            if (column == "*") (given, all) = (true, rule);
        }
        return (all, columns);
    }

    static MissingRule Rule(string word, string text)
    {
        const string Suffix = "+indicator";
        bool indicator = word.EndsWith(Suffix, StringComparison.Ordinal);
        MissingRule rule = (indicator ? word[..^Suffix.Length] : word) switch
        {
            "fail" => MissingPolicy.Fail,
            "skip" => MissingPolicy.Skip,
            "mean" => MissingPolicy.Mean,
            "median" => MissingPolicy.Median,
            "mode" => MissingPolicy.Mode,
            _ => throw new UsageException($"--missing is '{text}'; expected fail, skip, mean, median or mode, for all columns or as "
                + $"COLUMN=median, with {Suffix} behind the last three for a column that says where a value was missing."),
        };
        return rule with { Indicator = indicator };
    }

    public static bool SkipBadRows(string text) => text switch
    {
        "fail" => false,
        "skip" => true,
        _ => throw new UsageException($"--on-bad-row is '{text}'; expected fail or skip."),
    };

    public static char? Separator(string? text, string? format) => text switch
    {
        null => format == "tsv" ? '\t' : null,
        "tab" or "\\t" or "\t" => '\t',
        "space" or " " => ' ',
        { Length: 1 } s when s[0] is > ' ' and < '\x7F' and not ('"' or '\'') && !char.IsAsciiLetterOrDigit(s[0]) => s[0],
        _ => throw new UsageException($"--separator is '{text}'; expected one character that is no letter, digit or quote, or 'tab' or "
            + $"'space'."),
    };

    public static char? DecimalSign(string? text) => text switch
    {
        null => null,
        "." or "point" => '.',
        "," or "comma" => ',',
        _ => throw new UsageException($"--decimal is '{text}'; expected . or ,."),
    };

    public static string? Encoding(string? text) => text?.ToLowerInvariant() switch
    {
        null => null,
        "utf-8" or "utf8" => "utf-8",
        "utf-16" or "utf16" or "unicode" => "utf-16",
        "latin1" or "latin-1" or "iso-8859-1" => "latin1",
        _ => throw new UsageException($"--encoding is '{text}'; expected utf-8, utf-16 or latin1."),
    };

    public static double? StepSize(string text) => text == "auto" ? null : IsNumber(text, out double eta) && eta > 0 ? eta
        : throw new UsageException($"--lr is '{text}'; expected a positive number or auto.");

    public static Penalty L2(string text) => text == "1/n" ? Penalty.OneOverN : IsNumber(text, out double l2) && l2 >= 0 ? l2
        : throw new UsageException($"--l2 is '{text}'; expected a number ≥ 0 or 1/n. It is λ of (λ/2)‖w‖² on the mean loss.");

    public static int? Batch(string? text) => text switch
    {
        null => null,
        "full" => 0,
        _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int b) && b >= 1 ? b
            : throw new UsageException($"--batch is '{text}'; expected a number of examples ≥ 1, or full."),
    };

    public static GradientCompression? Compression(string? text)
    {
        if (text is null) return null;
        try
        {
            return GradientCompression.Parse(text)
                ?? throw new UsageException($"--compress is '{text}'; expected topk:SHARE, sign or half, for example topk:0.01.");
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new UsageException($"--compress is '{text}'; expected a share above 0 and at most 1, for example topk:0.01.");
        }
    }

    public static SampleOrder? Order(string? text) => text switch
    {
        null => null,
        "shuffle" => SampleOrder.Shuffle,
        "shuffle-once" => SampleOrder.ShuffleOnce,
        "blocks" => SampleOrder.Blocks,
        "sequential" => SampleOrder.Sequential,
        "replacement" => SampleOrder.Replacement,
        _ => throw new UsageException($"--order is '{text}'; expected shuffle, shuffle-once, blocks, sequential or replacement."),
    };

    public static TimeSpan? Time(string? text)
    {
        if (text is null) return null;
        (string number, double unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 1e-3),
            _ when text.EndsWith('s') => (text[..^1], 1),
            _ when text.EndsWith('m') => (text[..^1], 60),
            _ when text.EndsWith('h') => (text[..^1], 3600),
            _ => (text, 1.0),
        };
        return IsNumber(number, out double x) && x > 0 && x * unit <= 1e9 ? TimeSpan.FromSeconds(x * unit)
            : throw new UsageException($"--time-limit is '{text}'; expected a time such as 30s, 5m, 2h or 500ms.");
    }

    public static bool EstimatesDispersion(string text) => text switch
    {
        "fixed" => false,
        "estimated" => true,
        _ => throw new UsageException($"--dispersion is '{text}'; expected fixed or estimated."),
    };

    public static WeightMeaning WeightsAre(string? text) => text?.ToLowerInvariant() switch
    {
        null or "variance" => WeightMeaning.Variance,
        "frequency" => WeightMeaning.Frequency,
        "importance" => WeightMeaning.Importance,
        _ => throw new UsageException($"--weights-are is '{text}'; expected frequency, variance or importance."),
    };

    public static RobustErrors? Robust(string? text) => text?.ToLowerInvariant() switch
    {
        null => null,
        "hc0" => RobustErrors.HC0,
        "hc1" => RobustErrors.HC1,
        "hc2" => RobustErrors.HC2,
        "hc3" => RobustErrors.HC3,
        _ => throw new UsageException($"--robust is '{text}'; expected hc0, hc1, hc2 or hc3."),
    };

    public static ClassWeights? ClassWeights(string? text)
    {
        if (text is null) return null;
        if (text == "balanced") return Fitting.ClassWeights.Balanced;
        Dictionary<string, double> factors = new(StringComparer.Ordinal);
        foreach (string part in text.Split(','))
        {
            int colon = part.LastIndexOf(':');
            if (colon < 0 || !IsNumber(part[(colon + 1)..], out double w) || w < 0)
                throw new UsageException($"--class-weight: '{part}' is not LEVEL:WEIGHT with a level of the target and a weight ≥ 0. "
                    + $"Example: --class-weight yes:3 or --class-weight balanced.");
            factors[part[..colon].Trim()] = w;
        }
        return Fitting.ClassWeights.Of(factors);
    }

    public static Dictionary<string, double> Assume(IEnumerable<string> parts)
    {
        Dictionary<string, double> constants = new(StringComparer.Ordinal);
        foreach (string part in parts)
        {
            string[] pair = part.Split('=', 2);
            if (pair.Length != 2 || !IsNumber(pair[1], out double x) || x < 0)
                throw new UsageException($"--assume is '{part}'; expected NAME=VALUE with a number ≥ 0, for example --assume D=3. "
                    + $"Names: {AssumedNames.Known}.");
            constants[pair[0].Trim()] = x;
        }
        return constants;
    }

    public static IReadOnlyList<int> Layers(string text)
    {
        List<int> sizes = [];
        foreach (string part in text.Split(','))
            sizes.Add(int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is >= 1 and <= 1_000_000
                ? size
                : throw new UsageException($"--hidden is '{text}'; expected sizes of layers, each at least 1, as in 128 or 64,32."));
        return sizes;
    }

    public static Activation Activation(string? text) => text switch
    {
        null or "relu" => Autodiff.Networks.Activation.Relu,
        "tanh" => Autodiff.Networks.Activation.Tanh,
        "sigmoid" => Autodiff.Networks.Activation.Sigmoid,
        _ => throw new UsageException($"--activation is '{text}'; expected relu, tanh or sigmoid."),
    };

    public static Initialisation Initialisation(string? text, Activation unit) => text switch
    {
        null => unit == Autodiff.Networks.Activation.Relu ? Autodiff.Networks.Initialisation.He : Autodiff.Networks.Initialisation.Glorot,
        "he" => Autodiff.Networks.Initialisation.He,
        "glorot" => Autodiff.Networks.Initialisation.Glorot,
        "lecun" => Autodiff.Networks.Initialisation.LeCun,
        "uniform" => Autodiff.Networks.Initialisation.Uniform,
        _ => throw new UsageException($"--init is '{text}'; expected he, glorot, lecun or uniform."),
    };

    /// <summary>A number of components, or a range LEAST..MOST with both ends.</summary>
    public static ComponentRange Components(string text)
    {
        string[] ends = text.Split("..", 2);
        return ends.All(e => int.TryParse(e, NumberStyles.None, CultureInfo.InvariantCulture, out int k) && k >= 1)
            && int.Parse(ends[0], CultureInfo.InvariantCulture) <= int.Parse(ends[^1], CultureInfo.InvariantCulture)
            ? new(int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture))
            : throw new UsageException($"--components is '{text}'; expected a number ≥ 1, or a range from a smaller to a larger one, for "
                + "example 3 or 2..8.");
    }

    public static MixtureFamily MixtureFamily(string text) => MixtureFamilies.Find(text)
        ?? throw new UsageException($"--family is '{text}'; expected {MixtureFamilies.Names}.");

    public static CovarianceShape Covariance(string text) => MixtureWords.Shape(text)
        ?? throw new UsageException($"--covariance is '{text}'; expected full, tied, diagonal or spherical.");

    public static MixtureMethod MixtureMethod(string text) => MixtureWords.Method(text)
        ?? throw new UsageException($"--method is '{text}'; expected one of {MixtureWords.Methods}.");

    public static MixtureCriterion Criterion(string text) => MixtureWords.Criterion(text)
        ?? throw new UsageException($"--criterion is '{text}'; expected bic, icl or aic.");

    /// <summary>Whether errors of a mixture are by supplemented EM.</summary>
    public static bool Supplemented(string text) => text switch
    {
        "observed" => false,
        "supplemented" => true,
        _ => throw new UsageException($"--errors is '{text}'; expected observed or supplemented."),
    };

    /// <summary>Names separated by commas.</summary>
    public static string[] Names(string[]? given) =>
        [.. (given ?? []).SelectMany(part => part.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public static bool IsNumber(string text, out double x) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out x) && double.IsFinite(x);
}
