using System.Globalization;
using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>
/// Intervals of a number as levels: <c>cut()</c> of R, with breaks given, or as many intervals of one length as are asked for over the
/// range of the training rows, moved out by a thousandth of it. Names are R's.
/// </summary>
sealed class CutFactor : FactorVariable
{
    const int Most = 1_000;
    readonly Formula formula;
    readonly CallNode call;
    readonly Node argument;
    readonly double[]? breaks;
    readonly int pieces;
    readonly bool right, lowest;
    readonly IReadOnlyList<string>? labels;

    public CutFactor(Formula formula, CallNode call)
        : this(formula, call, Read(formula, call))
    {
    }

    CutFactor(Formula formula, CallNode call, CallArguments a)
        : base(call, a.Flag("ordered_result", false))
    {
        (this.formula, this.call, argument) = (formula, call, a.Of("x")!);
        if (Constants.Of(formula, a.Of("breaks")!).Length == 1) pieces = (int)a.Number("breaks", 0, 2, Most, true);
        else breaks = a.Rising("breaks", 2);
        (right, lowest, labels) = (a.Flag("right", true), a.Flag("include.lowest", false), a.Levels("labels"));
        int count = breaks?.Length - 1 ?? pieces;
        if (labels is not null && labels.Count != count)
            throw formula.Fault(a.Of("labels")!,
                $"cut() makes {Text.Plural(count, "interval")}, and 'labels' {Formula.Place(a.Of("labels")!)} "
                + $"names {labels.Count}; expected one an interval.");
    }

    public override IEnumerable<Node> Arguments => [argument];

    protected override string Name => Label;

    public override void Learn(FormulaRows rows)
    {
        if (breaks is null) rows.Learned.Of(Label, () => new(StringComparer.Ordinal) { ["breaks"] = Even(rows) });
        rows.Learned.Levels.TryAdd(Label, labels ?? Words(BreaksOf(rows.Learned)));
    }

    public override UnusableRows? Strange(FormulaRows rows)
    {
        int[] codes = rows.Once(Node, () => CodesOf(rows));
        int row = Array.IndexOf(codes, -1);
        if (row < 0) return null;
        double[] at = BreaksOf(rows.Learned);
        return new(Array.ConvertAll(codes, k => k >= 0),
            $"{Deparsed.Of(argument)} is {Text.Exact(rows.Numbers(argument)[row])}, which is in none of the intervals of {Label}, "
            + $"from {Text.Exact(at[0])}{(right && !lowest ? " (excluded)" : "")} to {Text.Exact(at[^1])}"
            + $"{(right || lowest ? "" : " (excluded)")}");
    }

    public override string? Wrong(Learned learned)
    {
        if (base.Wrong(learned) is { } wrong) return wrong;
        bool good = breaks is not null ? !learned.Numbers.ContainsKey(Label) : learned.Numbers.TryGetValue(Label, out var state)
            && state.Count == 1 && state.GetValueOrDefault("breaks") is { } at && at.Length == pieces + 1
            && at.Zip(at.Skip(1)).All(p => p.First < p.Second);
        return good && learned.Levels[Label].SequenceEqual(labels ?? Words(BreaksOf(learned))) ? null
            : $"the breaks of {Label} do not rise, or its levels are not theirs";
    }

    protected override int[] CodesOf(FormulaRows rows)
    {
        double[] at = BreaksOf(rows.Learned);
        return Array.ConvertAll(rows.Numbers(argument), x => Place(at, x));
    }

    static CallArguments Read(Formula formula, CallNode call) =>
        new(formula, call, 2, "x", "breaks", "labels", "include.lowest", "right", "ordered_result");

    double[] BreaksOf(Learned learned) => breaks ?? learned.Numbers[Label]["breaks"];

    // The interval (aₖ, aₖ₊₁], or [aₖ, aₖ₊₁), that holds x.
    int Place(double[] at, double x)
    {
        if (lowest && x == (right ? at[0] : at[^1])) return right ? 0 : at.Length - 2;
        int place = Array.BinarySearch(at, x);
        int k = place < 0 ? ~place - 1 : right ? place - 1 : place;
        return k >= 0 && k < at.Length - 1 ? k : -1;
    }

    double[] Even(FormulaRows rows)
    {
        double[] x = rows.Training(rows.Numbers(argument));
        double low = x.Min(), high = x.Max(), range = high - low;
        if (range == 0)
            throw formula.Fault(call,
                $"{Label} {Formula.Place(call)} cannot cut a column that takes one value, {Text.Exact(low)}; name the "
                + "breaks as c(…).");
        double[] at = [.. Enumerable.Range(0, pieces + 1).Select(k => low + (k * range / pieces))];
        (at[0], at[^1]) = (low - (range / 1000), high + (range / 1000));
        return at;
    }

    // With the fewest digits, three at least, that tell neighbours apart.
    IReadOnlyList<string> Words(double[] at)
    {
        string[] words = [];
        for (int digits = 3; digits <= 17; digits++)
        {
            words = [.. at.Select(b => General(b, digits))];
            if (words.Zip(words.Skip(1)).All(p => p.First != p.Second)) break;
        }
        return [.. Enumerable.Range(0, at.Length - 1).Select(k => right
            ? $"{(lowest && k == 0 ? '[' : '(')}{words[k]},{words[k + 1]}]"
            : $"[{words[k]},{words[k + 1]}{(lowest && k == at.Length - 2 ? ']' : ')')}")];
    }

    // C's %g.
    static string General(double x, int digits)
    {
        if (double.IsInfinity(x)) return x > 0 ? "Inf" : "-Inf";
        if (x == 0) return "0";
        string scientific = x.ToString("E" + (digits - 1), CultureInfo.InvariantCulture);
        int exponent = int.Parse(scientific[(scientific.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        if (exponent >= -4 && exponent < digits) return Trimmed(x.ToString("F" + (digits - 1 - exponent), CultureInfo.InvariantCulture));
        string mantissa = Trimmed(scientific[..scientific.IndexOf('E', StringComparison.Ordinal)]);
        return FormattableString.Invariant($"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    static string Trimmed(string s) => s.Contains('.', StringComparison.Ordinal) ? s.TrimEnd('0').TrimEnd('.') : s;
}
