using Descent.Data;

namespace Descent.Fitting.ModelFiles;

/// <summary>What has to hold of a model before it is asked for a number: a damaged file would predict, and wrongly.</summary>
static class ModelChecks
{
    /// <exception cref="DataException">Something does not hold; the sentence says what was found and what was expected.</exception>
    public static void Require(ModelFile m, string path)
    {
        string? wrong = Kind(m) ?? Classes(m) ?? Features(m) ?? ModelTextChecks.Wrong(m)
            ?? Levels(m) ?? (m.Network is null ? Vectors(m) : Network(m)) ?? Options(m)
            ?? Data(m.Data) ?? Certificate(m.Certificate);
        if (wrong is not null) throw Damaged(path, wrong);
    }

    /// <summary>What is as large as the parameters are many, once these are known to agree with each other.</summary>
    /// <exception cref="DataException">Something does not hold.</exception>
    public static void RequireCovariance(ModelFile m, string path)
    {
        if (Covariance(m) is { } wrong) throw Damaged(path, wrong);
    }

    static DataException Damaged(string path, string wrong) =>
        new($"{path}: {wrong}. The model file is damaged; fit the model again or fetch the file again.");

    static string? Kind(ModelFile m)
    {
        if (ModelFamilies.All.All(f => f.Name != m.Model)) return $"the model is of the kind '{m.Model}'; expected {ModelFamilies.Names}";
        ModelFamily family = ModelFamilies.Of(m.Model);
        if (family.Own == FamilyNumber.Quantile != m.Tau is not null)
            return $"a {m.Model} model {(m.Tau is null ? "needs" : "has no use for")} its quantile \"tau\"";
        if (m.Tau is { } tau && !(tau > 0 && tau < 1))
            return FormattableString.Invariant($"tau is {tau}; expected a number between 0 and 1");
        if (family.Own == FamilyNumber.Threshold != m.Delta is not null)
            return $"a {m.Model} model {(m.Delta is null ? "needs" : "has no use for")} its threshold \"delta\"";
        if (m.Delta is { } delta && !(delta > 0 && double.IsFinite(delta)))
            return FormattableString.Invariant($"delta is {delta}; expected a number above 0");
        if (family.Own == FamilyNumber.Overdispersion != m.Alpha is not null)
            return $"a {m.Model} model {(m.Alpha is null ? "needs" : "has no use for")} its overdispersion \"alpha\"";
        if (m.Alpha is { } alpha && !(alpha > 0 && double.IsFinite(alpha)))
            return FormattableString.Invariant($"alpha is {alpha}; expected a number above 0");
        if (family.Own == FamilyNumber.Power != m.Power is not null)
            return $"a {m.Model} model {(m.Power is null ? "needs" : "has no use for")} its \"power\"";
        if (m.Power is { } power && !(power > 1 && power < 2))
            return FormattableString.Invariant($"power is {power}; expected a number between 1 and 2");
        if (family.Own == FamilyNumber.Rank != m.Factors is not null)
            return $"a {m.Model} model {(m.Factors is null ? "needs" : "has no use for")} its \"factors\"";
        if (m.Factors is not null && m.Version < ModelFile.FactorsOfColumns) return $"a file of version {m.Version} has no \"factors\"";
        if (family.Labels == LabelKind.Shares != m.Trials is not null)
            return $"a {m.Model} model {(m.Trials is null ? "needs" : "has no use for")} its \"trials\"";
        if (family.Labels == LabelKind.Times != m.Event is not null)
            return $"a {m.Model} model {(m.Event is null ? "needs" : "has no use for")} its \"event\"";
        if (!family.HasIntercept && m.Intercepts is not null) return $"a {m.Model} model has no intercept";
        if (m.Trials is { } t && t.Trials is null == t.Failures is null) return "the trials name no column, or trials and failures both";
        return m.IdxScale > 0 && double.IsFinite(m.IdxScale) ? null
            : FormattableString.Invariant($"idxScale is {m.IdxScale}; expected a number above 0");
    }

    static string? Classes(ModelFile m)
    {
        ModelFamily family = ModelFamilies.Of(m.Model);
        int least = family.HasClasses ? 2 : 0, found = m.Classes?.Count ?? 0;
        if (family.Labels == LabelKind.TwoClasses && found != 2) return $"a {m.Model} model has two classes; found {found}";
        if (found < least) return $"a {m.Model} model has classes, two at least; found {found}";
        if (least == 0 && m.Classes is not null) return $"a {m.Model} model predicts numbers, but {found} classes are named";
        if (m.Classes?.Contains(null!) == true) return "the name of a class is null";
        if (m.Classes?.Distinct(StringComparer.Ordinal).Count() < found) return "a class is named twice";
        return m.HasReferenceClass && !family.HasOutputs ? $"a {m.Model} model has no reference class" : null;
    }

    static string? Features(ModelFile m)
    {
        HashSet<(string?, string?, int, int)> seen = [];
        bool numbered = m.Features.Count > 0 && m.Features[0]?.Index is not null;
        for (int j = 0; j < m.Features.Count; j++)
        {
            ModelFeature f = m.Features[j];
            if (f is null) return $"feature {j + 1} is null";
            if (m.Formula is not null)
            {
                if (f.Column is not null || f.Level is not null || f.Index is not null || f.Hash is not null)
                    return $"feature {j + 1} ('{f.Name}') is the formula's, but a column stands there";
                if (!seen.Add((f.Name, null, -1, -1))) return $"feature {j + 1} ('{f.Name}') stands twice";
                continue;
            }
            if (f.Index is null == f.Column is null)
                return $"feature {j + 1} ('{f.Name}') needs either a column's name or a column's number";
            if (f.Index is not null != numbered)
                return $"feature {j + 1} ('{f.Name}') is {(numbered ? "named" : "numbered")}, the features before it are "
                    + $"{(numbered ? "numbered" : "named")}";
            if (f.Index is < 0) return $"feature {j + 1} has the column number {f.Index}; expected a number ≥ 0";
            if (!seen.Add((f.Column, f.Level, f.Index ?? -1, f.Hash ?? -1))) return $"feature {j + 1} ('{f.Name}') stands twice";
        }
        // An unknown form is said where the reading is looked at; where nothing but an intercept was fitted there is nothing to find.
        bool? table = m.Data.Reading?.Format switch { "csv" or "jsonl" => true, "libsvm" or "vw" or "idx" or "npy" => false, _ => null };
        return m.Formula is null && m.Features.Count > 0 && table == numbered
            ? $"the features are {(numbered ? "numbered" : "named")}, but the data is said to be {m.Data.Reading!.Format}" : null;
    }

    static string? Levels(ModelFile m)
    {
        if (m.Offset is { } o)
        {
            if (new[] { o.Given, o.Columns().Any(), o.Terms is not null }.Count(b => b) != 1)
                return "the offset names no column, or is said to come from two places";
            if (o.Terms is not null && m.Formula is null) return "the offset is a formula's, and there is none";
            if (m.Network is not null || (m.Weights.Length > 1 && ModelFamilies.Of(m.Model) is { HasOutputs: true }))
                return $"a {m.Model} model has no use for its offset";
            if (!o.Given && m.Features.Any(f => f.Index is not null)) return "the features are numbered, but the offset names columns";
        }
        foreach (var (column, levels) in m.Levels ?? [])
            if (levels is null || levels.Contains(null!)) return $"a level of the column '{column}' is null";
        return null;
    }

    static string? Vectors(ModelFile m)
    {
        int outputs = ModelFamilies.Of(m.Model).MarginsOf(m.Classes?.Count ?? 0, m.HasReferenceClass);
        if (m.Weights.Length != outputs) return $"there are {m.Weights.Length} vectors of weights; expected {outputs}";
        for (int k = 0; k < outputs; k++)
        {
            if (m.Weights[k] is not { } w) return $"vector {k + 1} of the weights is null";
            if (w.Length != m.Features.Count)
                return $"the model has {m.Features.Count} features, but vector {k + 1} of its weights has {w.Length} numbers";
            if (Array.FindIndex(w, x => !double.IsFinite(x)) is >= 0 and var j)
                return $"the weight of feature {j + 1} is {Text.Number(w[j])}; expected a finite number";
        }
        for (int f = 0; f < m.Factors?.Length; f++)
        {
            if (m.Factors[f] is not { } v || v.Length != m.Features.Count)
                return $"vector {f + 1} of the factors does not have a number for each of the {m.Features.Count} features";
            if (!v.All(double.IsFinite)) return $"vector {f + 1} of the factors holds a number that is not finite";
        }
        if (m.Intercepts is not { } b) return ModelFamilies.Of(m.Model).Wrong(m.Weights, null);
        if (b.Length != outputs) return $"there are {b.Length} intercepts; expected {outputs}, or null for none";
        return b.All(double.IsFinite) ? ModelFamilies.Of(m.Model).Wrong(m.Weights, b) : "an intercept is not a finite number";
    }

    static string? Network(ModelFile m)
    {
        NetworkModel net = m.Network!;
        if (ModelFamilies.Of(m.Model) is not { TrainsNetworks: true }) return $"a network has a softmax or a linear loss; found {m.Model}";
        if (m.Weights.Length > 0 || m.Intercepts is not null || m.HasReferenceClass)
            return "a network has its weights in a file of their own, but vectors of weights, intercepts or a reference class stand here";
        int outputs = ModelFamilies.Of(m.Model).HasOutputs ? m.Classes!.Count : 1;
        return net.Wrong(m.Features.Count, outputs, m.Version);
    }

    static string? Options(ModelFile m)
    {
        ModelOptions o = m.Options;
        if (!(o.L2 >= 0 && double.IsFinite(o.L2)) || !(o.L1 >= 0 && double.IsFinite(o.L1))) return "a penalty is not a number ≥ 0";
        if (o.ScalingMeans is null != o.ScalingDeviations is null) return "of scalingMeans and scalingDeviations one is missing";
        return Scale(o.ScalingMeans, o.ScalingDeviations, m.Features.Count, "scaling");
    }

    /// <summary>Means and deviations of the columns, as far as there are any.</summary>
    public static string? Scale(double[]? means, double[]? deviations, int columns, string what)
    {
        if (means is null || deviations is null) return null;
        if (means.Length != columns || deviations.Length != columns)
            return $"the {what} holds {means.Length} means and {deviations.Length} deviations; expected {columns} of each";
        if (!means.All(double.IsFinite)) return $"a mean of the {what} is not a finite number";
        return deviations.All(s => s > 0 && double.IsFinite(s)) ? null : $"a deviation of the {what} is not a number above 0";
    }

    static string? Data(ModelData d)
    {
        if (d.Rows < 0 || d.Columns < 0) return $"the data is said to have {d.Rows} rows and {d.Columns} columns";
        return IsDigest(d.Fingerprint) ? null : "the fingerprint of the data is not one of 64 hexadecimal digits";
    }

    static string? Certificate(ModelCertificate? c)
    {
        if (c is null) return null;
        if (!double.IsFinite(c.Objective)) return "the objective is not a finite number";
        return c.GradientNorm < 0 || c.Gap < 0 || c.RelativeGap < 0 ? "the certificate holds a gradient norm or a gap below 0" : null;
    }

    static string? Covariance(ModelFile m)
    {
        if (m.Covariance is not { } c) return null;
        if (c.Matrix is not null && (m.Network is not null || m.Weights.Length > 1))
            return $"a {m.Model} model has no use for a covariance";
        if (c.Variance is not null && (m.Model != ModelFamilies.Linear.Name || c.Kind is not null))
            return "a variance of observations stands beside a covariance that has none";
        return c.Wrong(m.Features.Count, m.Intercepts is not null);
    }

    /// <summary>Whether a text is a SHA-256 digest as it is written here.</summary>
    public static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
