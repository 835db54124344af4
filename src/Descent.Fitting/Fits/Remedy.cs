using System.Globalization;
using Descent.Autodiff.Networks;
using Descent.Diagnosis;

namespace Descent.Fitting.Fits;

/// <summary>Applies the doctor's changes to a specification.</summary>
static class Remedy
{
    /// <summary>The specification with a finding's remedy; its caller says the same.</summary>
    public static FitSpec Apply(FitSpec spec, Finding finding) =>
        finding.Changes.Aggregate(spec, One) with { Caller = spec.Caller.With(finding.Changes) };

    static FitSpec One(FitSpec s, SettingChange c) => c.Setting switch
    {
        "StepSize" => s with { Method = s.Method with { StepSize = Number(c) } },
        "Schedule" => s with { Method = s.Method with { Schedule = c.Value is { } text ? ScheduleSpec.Parse(text) : null } },
        "Method" => s with
        {
            Method = c.Value is { } name ? s.Method with { Name = name }
            : s.Method with { Name = MethodSpec.Auto, Numbers = new MethodSpec().Numbers, Average = null }
        },
        "Batch" => s with { Method = s.Method with { Batch = (int?)Number(c) } },
        "Order" => s with { Method = s.Method with { Order = null } },
        "Epochs" => s with { Budget = s.Budget with { Epochs = Number(c) } },
        "Steps" => s with { Budget = s.Budget with { Steps = (long?)Number(c) } },
        "Time" => s with { Budget = s.Budget with { Time = null } },
        "Patience" => s with { Budget = s.Budget with { Patience = (int?)Number(c) } },
        "L2" => s with { Model = s.Model with { L2 = c.Value is null ? 0 : c.Value == "1/n" ? Penalty.OneOverN : Number(c)!.Value } },
        "Standardise" => s with { Model = s.Model with { Standardise = c.Value is not null } },
        "Activation" => s with
        {
            Model = s.Model with
            {
                Network = s.Model.Network is { } n
            ? n with { Activation = Activation.Tanh, Initialisation = Initialisation.Glorot } : null
            }
        },
        _ => throw new FitException($"the remedy sets {c.Setting}, which a fit does not have."),
    };

    static double? Number(SettingChange c) => c.Value is null ? null : double.Parse(c.Value, CultureInfo.InvariantCulture);
}
