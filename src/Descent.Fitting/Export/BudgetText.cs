namespace Descent.Fitting.Export;

/// <summary>What a fit would take, in place of a run.</summary>
static class BudgetText
{
    /// <summary>Memory and budget; empty for a network, whose memory stands in its head.</summary>
    public static string Of(Fitter fitter) => fitter is RiskFitter risk ? Of(risk) : "";

    static string Of(RiskFitter fitter)
    {
        LoadedData data = fitter.Data;
        Plan plan = fitter.Plan;
        int d = fitter.Risk!.Dimension;
        string memory = $"about {Text.Bytes(data.RowBytes)} for the rows{(data.IsOutOfCore ? ", in a file," : ",")} "
            + $"{Text.Bytes(MethodMemory.Of(plan, fitter.Risk))} for the method "
            + $"({Text.Plural(d, "parameter")})";
        string steps = plan.MaxSteps == long.MaxValue ? "" : $"at most {Text.Count(plan.MaxSteps)} steps";
        string gap = plan.GapTolerance > 0 ? $"until the certified gap is at most {Text.Number(plan.GapTolerance)} of F"
            : "until the method can resolve no more";
        string budget = plan.IsStochastic && plan.GapTolerance == 0 ? steps : steps.Length > 0 ? $"{gap}, {steps}" : gap;
        return $"{"Memory",-13}{memory}\n{"Budget",-13}{budget}\n";
    }
}
