using Descent.Data;

namespace Descent.Fitting.ModelFiles;

/// <summary>The formula of a model, with all that its terms need for new rows.</summary>
sealed record ModelFormula
{
    /// <summary>The formula as R would write it.</summary>
    public required string Text { get; init; }

    /// <summary>The columns that its dot stands for.</summary>
    public IReadOnlyList<string>? Others { get; init; }

    /// <summary>Levels of every factor, the reference first.</summary>
    public Dictionary<string, IReadOnlyList<string>>? Levels { get; init; }

    /// <summary>Numbers that functions took from the training rows, by the call and their own name.</summary>
    public Dictionary<string, Dictionary<string, double[]>>? Learned { get; init; }

    public static ModelFormula Of(LearnedFormula f) => new()
    {
        Text = f.Bound.Formula.ToString(),
        Others = f.Bound.Others.Count == 0 ? null : f.Bound.Others,
        Levels = f.Learned.Levels.Count == 0 ? null : f.Learned.Levels,
        Learned = f.Learned.Numbers.Count == 0 ? null : f.Learned.Numbers,
    };

    /// <summary>The formula with the columns that the model was fitted on, all of it checked.</summary>
    /// <exception cref="DataException">A part does not fit another.</exception>
    public LearnedFormula Bind(ModelFile model, string path)
    {
        try
        {
            LearnedFormula bound = Bound(model);
            return Wrong(model, bound) is { } wrong ? throw new FitException(wrong + ".") : bound;
        }
        catch (FitException e)
        {
            throw new DataException($"{path}: the formula of the model does not hold: {e.Message.TrimEnd('.')}. The model file is damaged; "
                + "fit the model again or fetch the file again.", e);
        }
    }

    LearnedFormula Bound(ModelFile model)
    {
        if (Others?.Contains(null!) == true || Others?.Distinct(StringComparer.Ordinal).Count() < Others?.Count)
            throw new FitException("a column of its dot is null, or stands twice.");
        Formula formula = Formula.Parse(Text);
        Dictionary<string, bool> text = (model.Data.Reading?.Columns ?? []).ToDictionary(c => c.Name, c => c.Kind == "text",
            StringComparer.Ordinal);
        foreach (string name in formula.LeftNames) text.TryAdd(name, model.Classes is not null);
        BoundFormula bound = new(formula, Others ?? [], new ColumnNames("the model", [.. text.Keys],
            n => text.TryGetValue(n, out bool isText) ? isText : null));
        Learned learned = new() { Levels = Levels ?? [], Numbers = Learned ?? [] };
        return bound.Wrong(learned) is { } wrong ? throw new FitException(wrong + ".") : new(bound, learned);
    }

    static string? Wrong(ModelFile m, LearnedFormula f)
    {
        BoundFormula bound = f.Bound;
        if (m.Version < ModelFile.Formulas) return $"a file of version {m.Version} has none";
        if (m.Data.Reading is not { Format: "csv", Columns: { } columns }) return "the data is not said to be a table";
        if (!columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal).SetEquals(bound.Columns.Keys))
            return "its columns are not those that the data is said to have";
        if (!bound.Names(f.Learned).SequenceEqual(m.Features.Select(x => x.Name))) return "its terms are not the features";
        if (m.Target != bound.Target) return $"it explains '{bound.Target}', and the target is '{m.Target}'";
        if (bound.TargetClass is null == m.Classes is not null && bound.IsTransformed) return "classes are no numbers";
        if (m.Levels is not null) return "levels of columns stand beside it";
        if (m.Network is null && bound.Formula.HasIntercept != m.Intercepts is not null) return "it and the intercepts do not agree";
        return m.Offset?.ToString() == bound.OffsetWords ? null : "it and the offset do not agree";
    }
}
