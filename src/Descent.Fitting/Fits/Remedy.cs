using System.Globalization;
using Descent.Diagnosis;
using Descent.Autodiff.Networks;

namespace Descent.Fitting.Fits;

/// <summary>Applies the doctor's changes to a request.</summary>
static class Remedy
{
    /// <summary>The request with a finding's remedy; its command line says the same.</summary>
    public static FitRequest Apply(FitRequest request, Finding finding)
    {
        foreach (OptionChange c in finding.Changes) request = One(request, c);
        return request with { CommandLine = Line(request.CommandLine, finding) };
    }

    /// <summary>The command line with a finding's remedy.</summary>
    public static string Line(string command, Finding finding) => finding.Changes.Aggregate(CommandText.With(command, "--fix", null), (line, c) => CommandText.With(line, c.Option, c.Value));

    static FitRequest One(FitRequest r, OptionChange c) => c.Option switch
    {
        "--lr" => r with { LearningRate = c.Value ?? "auto" },
        "--schedule" => r with { Schedule = c.Value },
        "--method" => r with { Method = c.Value ?? "auto", Numbers = c.Value is null ? new Dictionary<string, double>() : r.Numbers, Average = c.Value is null ? null : r.Average },
        "--batch" => r with { Batch = c.Value },
        "--order" => r with { Order = c.Value ?? "shuffle" },
        "--epochs" => r with { Epochs = c.Value is null ? null : double.Parse(c.Value, CultureInfo.InvariantCulture) },
        "--steps" => r with { Steps = c.Value is null ? null : long.Parse(c.Value, CultureInfo.InvariantCulture) },
        "--time-limit" => r with { TimeLimit = c.Value },
        "--l2" => r with { L2 = c.Value ?? "0" },
        "--standardize" => r with { Standardize = c.Value is not null },
        "--patience" => r with { Patience = c.Value is null ? null : int.Parse(c.Value, CultureInfo.InvariantCulture) },
        "--activation" => r with { Network = r.Network is { } n ? n with { Activation = Activation.Tanh, Initialisation = Initialisation.Glorot } : null },
        _ => throw new UsageException($"the remedy sets {c.Option}, which a fit does not have."),
    };
}
