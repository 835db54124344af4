using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>
/// The operators of a formula worked out: which variables there are, and which products of them are terms. Terms come by the number of
/// their variables, and within that as they were met; variables stand in a term as they were met first. The rules are those of R's
/// <c>terms.formula</c> (src/library/stats/src/model.c), which are those of Wilkinson and Rogers (1973).
/// </summary>
sealed class TermAlgebra
{
    const int MostTerms = 100_000, HighestPower = 50;
    readonly Formula formula;
    readonly IReadOnlyList<string> others;
    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    readonly List<Node> variables = [];
    readonly List<Node> offsets = [];

    /// <param name="formula">The formula.</param>
    /// <param name="others">The columns that its dot stands for.</param>
    /// <exception cref="FitException">What is written is no term.</exception>
    public TermAlgebra(Formula formula, IReadOnlyList<string> others)
    {
        (this.formula, this.others) = (formula, others);
        List<int[]> terms = Of(formula.Right, adds: true);
        string target = Deparsed.Of(formula.Left);
        foreach (Node v in variables)
            if (Deparsed.Of(v) == target)
                throw formula.Fault(v, $"the target '{target}' stands among the terms, {Formula.Place(v)}; leave it out there.");
        Terms = [.. terms.OrderBy(t => t.Length)];
    }

    /// <summary>Columns and functions of columns, in the order in which they are met.</summary>
    public IReadOnlyList<Node> Variables => variables;

    /// <summary>Each term as the rising numbers of its variables.</summary>
    public IReadOnlyList<int[]> Terms { get; }

    /// <summary>What is added to the margin with a coefficient of 1: the arguments of <c>offset()</c>.</summary>
    public IReadOnlyList<Node> Offsets => offsets;

    /// <summary>Whether there is a constant.</summary>
    public bool HasIntercept { get; private set; } = true;

    List<int[]> Of(Node node, bool adds) => node switch
    {
        GroupNode g => Of(g.Inner, adds),
        NumberNode { Value: 0 or 1 } n => Constant(n.Value == 1 == adds),
        NumberNode n => throw formula.Fault(n, $"the number {Text.Exact(n.Value)} {Formula.Place(n)} is no term; expected a column, a "
            + "function of columns, or 0 or 1 for the constant. I(…) is for arithmetic."),
        SignNode { IsMinus: true } s => Of(s.Operand, !adds)[..0],
        SignNode s => Of(s.Operand, adds),
        PairNode p => Pair(p, adds),
        DotNode d => Checked(d, [.. others.Select(c => (int[])[Place(new NameNode(d.At, d.End, c))])]),
        CallNode { Function: "offset" } c => Offset(c, adds),
        TextNode t => [[Place(new NameNode(t.At, t.End, t.Text))]],
        _ => [[Place(node)]],
    };

    List<int[]> Pair(PairNode p, bool adds)
    {
        if (p.Operation == Operation.Minus)
        {
            List<int[]> kept = Of(p.Left, adds), gone = Of(p.Right, !adds);
            HashSet<string> keys = [.. gone.Select(Key)];
            return [.. kept.Where(t => !keys.Contains(Key(t)))];
        }
        if (p.Operation == Operation.Power) return Power(p);
        List<int[]> left = Of(p.Left, adds);
        if (p.Operation == Operation.Plus) return Checked(p, [.. left, .. Of(p.Right, adds)]);
        RequireTerms(p, p.Left, left);
        List<int[]> right = Of(p.Right, adds);
        RequireTerms(p, p.Right, right);
        return p.Operation switch
        {
            Operation.Times => Checked(p, [.. left, .. right, .. Products(p, left, right)]),
            Operation.With => Products(p, left, right),
            Operation.In => Products(p, left, [Union(right)]),
            Operation.Over => Checked(p, [.. left, .. Products(p, [Union(left)], right)]),
            _ => throw formula.Fault(p, $"'<' {Formula.Place(p)} is no operator of terms."),
        };
    }

    List<int[]> Power(PairNode p)
    {
        List<int[]> of = Of(p.Left, adds: true), all = of;
        if (p.Right is not NumberNode { Value: var n } || n != Math.Floor(n) || n is < 1 or > HighestPower)
            throw formula.Fault(p.Right, $"a power of terms, {Formula.Place(p.Right)}, is a whole number from 1 to {HighestPower}; for the "
                + $"power of a column write I({Deparsed.Of(p)}).");
        RequireTerms(p, p.Left, of);
        for (int k = 1; k < n; k++)
        {
            int before = all.Count;
            all = Products(p, all, of);
            if (all.Count == before) break;
        }
        return all;
    }

    List<int[]> Offset(CallNode c, bool adds)
    {
        if (c.Arguments is not [{ Name: null, Value: var value }])
            throw formula.Fault(c, $"offset() {Formula.Place(c)} takes one argument, what is added to the margin.");
        if (!adds) throw formula.Fault(c, $"offset() {Formula.Place(c)} is taken away; leave it out where it is not meant.");
        if (!offsets.Any(o => Deparsed.Of(o) == Deparsed.Of(value))) offsets.Add(value);
        return [];
    }

    List<int[]> Constant(bool present)
    {
        HasIntercept = present;
        return [];
    }

    // A product with a constant or an offset has no meaning.
    void RequireTerms(PairNode whole, Node operand, List<int[]> terms)
    {
        Node bare = operand;
        while (bare is GroupNode g) bare = g.Inner;
        if (bare is NumberNode or CallNode { Function: "offset" } || (terms.Count == 0 && bare is not (DotNode or PairNode)))
            throw formula.Fault(operand, $"'{Deparsed.Of(operand)}' {Formula.Place(operand)} cannot be crossed with other terms; "
                + $"for arithmetic write I({Deparsed.Of(whole)}).");
    }

    List<int[]> Products(Node at, List<int[]> left, List<int[]> right)
    {
        if ((long)left.Count * right.Count > 10L * MostTerms) throw TooMany(at);
        return Checked(at, [.. left.SelectMany(a => right.Select(b => Union([a, b])))]);
    }

    static int[] Union(IEnumerable<int[]> terms) => [.. terms.SelectMany(t => t).Distinct().Order()];

    // Each term once, where it is met first.
    List<int[]> Checked(Node at, List<int[]> terms)
    {
        List<int[]> distinct = [.. terms.DistinctBy(Key)];
        return distinct.Count <= MostTerms ? distinct : throw TooMany(at);
    }

    FitException TooMany(Node at) =>
        formula.Fault(at, $"the formula makes more than {Text.Count(MostTerms)} terms {Formula.Place(at)[..^15]}; use fewer.");

    static string Key(int[] term) => string.Join(',', term);

    int Place(Node node)
    {
        string label = Deparsed.Of(node);
        if (places.TryGetValue(label, out int place)) return place;
        variables.Add(node);
        return places[label] = variables.Count - 1;
    }
}
