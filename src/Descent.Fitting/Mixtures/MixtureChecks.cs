using Descent.Data;

namespace Descent.Fitting.Mixtures;

/// <summary>What has to hold of the file of a mixture before it is asked for a number.</summary>
static class MixtureChecks
{
    /// <exception cref="DataException">Something does not hold; the sentence says what was found and what was expected.</exception>
    public static void Require(MixtureFile m, string path)
    {
        string? wrong = Kind(m) ?? Shape(m) ?? Law(m) ?? Data(m) ?? Certificate(m.Certificate);
        if (wrong is not null)
            throw new DataException($"{path}: {wrong}. The file is damaged; fit the mixture again or fetch the file again.");
    }

    static string? Kind(MixtureFile m)
    {
        if (MixtureFamilies.All.All(f => f.Name != m.Family)) return $"the family is '{m.Family}'; expected {MixtureFamilies.Names}";
        bool has = MixtureFamilies.Find(m.Family)!.HasShapes;
        if (m.Covariance is null == has) return $"a {m.Family} mixture {(has ? "needs" : "has no use for")} the shape \"covariance\"";
        if (m.Covariance is { } c && MixtureWords.Shape(c) is null)
            return $"the covariance is '{c}'; expected full, tied, diagonal or spherical";
        MixtureFamily family = MixtureFamilies.Find(m.Family)!;
        if (m.Target is null == family.HasTarget || (m.Trials is not null && !family.HasTrials))
            return $"a {m.Family} mixture {(family.HasTarget ? "needs a \"target\"" : "has no \"target\"")}";
        if (m.Features < 1 || !m.Columns.Skip(m.Features).SequenceEqual(new[] { m.Target, m.Trials }.OfType<string>()))
            return "the last columns are not target and trials";
        if (m.Columns.Count == 0 || m.Columns.Any(string.IsNullOrEmpty)) return "a column has no name, or there is none";
        return m.Columns.Distinct(StringComparer.Ordinal).Count() < m.Columns.Count ? "a column stands twice" : null;
    }

    static string? Shape(MixtureFile m)
    {
        MixtureFamily family = MixtureFamilies.Find(m.Family)!;
        if (m.Components < 1 || m.Weights.Length != (family.HasShares ? m.Components : 0))
            return $"there are {m.Weights.Length} weights for {m.Components} components";
        if (m.Components > family.Most(m.Features)) return $"there are {m.Components} components of {m.Features} columns";
        if (family.HasShares && (!m.Weights.All(w => family.MayHaveEmptyShares ? w >= 0 : w > 0)
            || !(Math.Abs(m.Weights.Sum() - 1) < 1e-6)))
            return "the weights are not positive with sum 1";
        foreach (MixtureBlock b in family.Blocks(m.Features, m.Components))
        {
            int lists = b.Lists > 0 ? b.Lists : m.Components;
            if (!m.Parameters.TryGetValue(b.Name, out double[][]? rows)) return $"the parameters lack \"{b.Name}\"";
            int length = b.Length > 0 ? b.Length : rows.FirstOrDefault()?.Length ?? 0;
            if (rows.Length != lists || length == 0 || rows.Any(r => r?.Length != length))
                return $"\"{b.Name}\" needs {lists} lists of {length} numbers";
            if (!rows.All(r => r.All(double.IsFinite))) return $"\"{b.Name}\" holds a number that is not finite";
        }
        return null;
    }

    static string? Law(MixtureFile m)
    {
        MixtureFamily family = MixtureFamilies.Find(m.Family)!;
        try
        {
            family.Law(m.Theta(family), m.Components, m.Features);
            return null;
        }
        catch (ArgumentException e)
        {
            return char.ToLowerInvariant(e.Message[0]) + e.Message[1..].TrimEnd('.');
        }
    }

    static string? Data(MixtureFile m)
    {
        if (m.Data.Rows < m.Components || m.Data.Columns != m.Features)
            return $"the data is said to have {m.Data.Rows} rows and {m.Data.Columns} columns";
        if (!double.IsFinite(m.LogLikelihood)) return "the log-likelihood is not a finite number";
        return ModelChecks.IsDigest(m.Data.Fingerprint) ? null : "the fingerprint of the data is not one of 64 hexadecimal digits";
    }

    static string? Certificate(MixtureProof? c) => c is null ? null
        : c.GradientNorm < 0 || c.Shortfall < 0 || c.Estimates.Any(e => e is null || e.StandardError < 0)
            ? "the certificate holds a norm, a shortfall or an error below 0" : null;
}
