using Descent.Data;
using Descent.Fitting.Families;

namespace Descent.Fitting.Design;

/// <summary>The labels that a column of a table is: numbers, classes, shares of trials, times.</summary>
static class TableTargets
{
    /// <summary>The labels that a column is, with its trials where it counts successes among them.</summary>
    public static (double[]? Trials, TargetLabels Labels) Of(FitSpec spec, ColumnChoice choice, Table table, Column target) =>
        TrialSource.Of(spec.Data) is { } source ? Shares(spec, source, choice, table, target)
            : (null, spec.Data.Event is { } ending ? Times(spec, ending, choice, table, target) : Labels(spec, choice, table, target));

    // A level is asked for in any spelling of its number.
    static TargetLabels Labels(FitSpec spec, ColumnChoice choice, Table table, Column target) => !target.IsText
        ? TargetLabels.FromNumbers(spec, choice.Level, target.Numbers, choice.Target, table.Source, table.RowNumber)
        : TargetLabels.FromText(spec, choice.Level is null ? null : table.LevelName(choice.Level), target.Codes, target.Levels,
            choice.Target, table.Source);

    static (double[]?, TargetLabels) Shares(FitSpec spec, TrialSource source, ColumnChoice choice, Table table, Column target)
    {
        ModelFamily family = ModelFamilies.OfTrials(spec.Model.Family);
        if (choice.Level is not null)
            throw new FitException($"`Target = {choice.Target}={choice.Level}` asks for a level, but with {(source.Trials is null
                ? "`Failures`" : "`Trials`")} the target is a column of counts.");
        if (choice.Require(table, source.Column(), source.Trials is null ? "`Failures`" : "`Trials`") == target)
            throw new FitException($"{(source.Trials is null ? "`Failures`" : "`Trials`")} names the target '{target.Name}'.");
        (double[] trials, double[] shares) = source.Read(table, target);
        return (trials, TargetLabels.Shares(family, shares, trials, target.Name));
    }

    static TargetLabels Times(FitSpec spec, string ending, ColumnChoice choice, Table table, Column target)
    {
        ModelFamily family = spec.Model.Family ?? ModelFamilies.Cox;
        if (family.Labels != LabelKind.Times)
            throw new FitException($"`Event` says which times end with an event; `Family = {family}` has no times. Use cox.");
        if (choice.Require(table, ending, "`Event`") == target) throw new FitException($"`Event` names the target '{target.Name}'.");
        return TargetLabels.Times(family, SurvivalTimes.Read(table, target, ending), target.Name);
    }
}
