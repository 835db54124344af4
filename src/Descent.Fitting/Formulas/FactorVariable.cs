using Descent.Data;
using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>What has levels: a column of text, or one that a formula takes as such; ordered levels are coded by polynomials.</summary>
abstract class FactorVariable(Node node, bool isOrdered) : Variable(node)
{
    /// <summary>More levels than this are no ordered ones: their polynomials would not be told apart.</summary>
    public const int MostOrdered = 50;

    public override bool IsFactor => true;

    /// <summary>Whether the order of its levels means something.</summary>
    public bool IsOrdered => isOrdered;

    /// <summary>What its columns are named after.</summary>
    protected abstract string Name { get; }

    public override IReadOnlyList<string> Names(Learned learned, bool full)
    {
        IReadOnlyList<string> levels = learned.Levels[Label];
        if (full) return [.. levels.Select(l => $"{Name}={l}")];
        if (!isOrdered) return [.. levels.Skip(1).Select(l => $"{Name}={l}")];
        string[] powers = [".L", ".Q", ".C"];
        return [.. Enumerable.Range(0, levels.Count - 1).Select(k => Name + (k < 3 ? powers[k] : $"^{k + 1}"))];
    }

    public override Coded Of(FormulaRows rows, bool full)
    {
        int levels = rows.Learned.Levels[Label].Count, width = full ? levels : levels - 1;
        int[] codes = rows.Once(Node, () => CodesOf(rows));
        return !full && isOrdered ? new(width) { Codes = codes, Contrasts = Polynomials(levels) }
            : new(width) { Codes = codes, Places = [.. Enumerable.Range(full ? 0 : -1, levels)] };
    }

    public override string? Wrong(Learned learned)
    {
        if (!learned.Levels.TryGetValue(Label, out IReadOnlyList<string>? levels)) return $"it says nothing of the levels of {Label}";
        if (levels is null || levels.Count == 0 || levels.Contains(null!) || levels.Distinct(StringComparer.Ordinal).Count() < levels.Count)
            return $"the levels of {Label} are none, or one stands twice";
        return isOrdered && levels.Count > MostOrdered ? $"{Label} has {levels.Count} ordered levels" : null;
    }

    /// <summary>The level number of every row, −1 for one that is not known.</summary>
    protected abstract int[] CodesOf(FormulaRows rows);

    // contr.poly: the orthonormal polynomials on 1, 2, …, the number of levels.
    static double[] Polynomials(int levels)
    {
        if (levels < 2) return [];
        PolynomialBasis basis = new(levels - 1, raw: false);
        double[] scores = [.. Enumerable.Range(1, levels)], values = new double[levels * (levels - 1)];
        string? wrong = null;
        basis.Fill(basis.Learn(scores, ref wrong), scores, values);
        return values;
    }
}
