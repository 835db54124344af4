using Descent.Data;
using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>A formula with the columns that there are: variables, terms and how each factor is coded.</summary>
sealed class BoundFormula
{
    readonly TermAlgebra algebra;
    readonly Variable[] variables;
    readonly bool[][] full;
    readonly bool targetIsClass;

    /// <param name="formula">The formula.</param>
    /// <param name="others">The columns that its dot stands for.</param>
    /// <param name="names">The columns that there are.</param>
    /// <exception cref="FitException">A name is not there, or a part is none of a formula; the place is marked.</exception>
    public BoundFormula(Formula formula, IReadOnlyList<string> others, ColumnNames names)
    {
        (Formula, Others) = (formula, others);
        ColumnNames target = new(names.Source, names.All, names.IsText);
        targetIsClass = CheckTarget(target);
        TargetColumns = target.Used;
        algebra = new TermAlgebra(formula, others);
        variables = [.. algebra.Variables.Select(v => Variables.Of(formula, v, names))];
        RequireOneCoding(names);
        foreach (Node offset in algebra.Offsets) Arithmetic.Check(formula, offset, names);
        Columns = names.Used;
        full = Coding.Of(algebra.Terms, [.. variables.Select(v => v.IsFactor)], algebra.HasIntercept);
    }

    public Formula Formula { get; }

    /// <summary>The columns that the dot stands for.</summary>
    public IReadOnlyList<string> Others { get; }

    /// <summary>The columns that terms and offsets need, and whether they hold text.</summary>
    public IReadOnlyDictionary<string, bool> Columns { get; }

    /// <summary>The columns that the target needs.</summary>
    public IReadOnlyDictionary<string, bool> TargetColumns { get; }

    /// <summary>The column of classes that is the target; null where the target is numbers.</summary>
    public string? TargetClass => targetIsClass ? TargetColumns.Keys.Single() : null;

    /// <summary>The target's name: its column, or the expression.</summary>
    public string Target => Bare(Formula.Left) is NameNode or TextNode ? ColumnNames.Of(Bare(Formula.Left)) : Deparsed.Of(Formula.Left);

    /// <summary>Whether the target is a function of a column.</summary>
    public bool IsTransformed => Bare(Formula.Left) is not (NameNode or TextNode);

    public bool HasOffset => algebra.Offsets.Count > 0;

    /// <summary>The variables that have levels.</summary>
    public IEnumerable<Variable> Factors => variables.Where(v => v.IsFactor);

    /// <summary>Takes from the training rows what is not known yet.</summary>
    public void Learn(FormulaRows rows)
    {
        foreach (Variable v in variables) v.Learn(rows);
        foreach (Variable v in variables.Where(v => !v.IsFactor)) v.Of(rows, false);
        Offset(rows);
    }

    /// <summary>The names of all columns of the design.</summary>
    public IReadOnlyList<string> Names(Learned learned) => [.. ColumnsOf(learned).Select(c => c.Name)];

    /// <summary>All columns of the design: the name of each, and its term, all of whose columns say one thing.</summary>
    public IReadOnlyList<(string Name, string Term)> ColumnsOf(Learned learned)
    {
        List<(string, string)> names = [];
        for (int t = 0; t < algebra.Terms.Count; t++)
        {
            IReadOnlyList<string>? product = null;
            for (int p = 0; p < algebra.Terms[t].Length; p++)
            {
                IReadOnlyList<string> of = variables[algebra.Terms[t][p]].Names(learned, full[t][p]);
                product = product is null ? of : [.. of.SelectMany(b => product.Select(a => $"{a}:{b}"))];
            }
            string term = string.Join(':', algebra.Terms[t].Select(v => variables[v].Label));
            names.AddRange(product!.Select(n => (n, term)));
        }
        return names;
    }

    /// <summary>The columns of every term.</summary>
    public IReadOnlyList<TermColumns> Terms(FormulaRows rows) => [.. algebra.Terms.Select((term, t) =>
        new TermColumns([.. term.Select((v, p) => variables[v].Of(rows, full[t][p]))]))];

    /// <summary>The sum of all offsets; null where there is none.</summary>
    public double[]? Offset(FormulaRows rows)
    {
        double[]? sum = null;
        foreach (Node o in algebra.Offsets)
        {
            double[] x = rows.Numbers(o);
            sum = sum is null ? (double[])x.Clone() : [.. sum.Zip(x, (a, b) => a + b)];
        }
        return sum;
    }

    /// <summary>The numbers of a target that is no class.</summary>
    public double[] TargetNumbers(FormulaRows rows) => rows.Numbers(Formula.Left);

    /// <summary>The rows that have no finite number for some part; null when all have one for each.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="withTarget">Whether the target counts.</param>
    public UnusableRows? Unusable(FormulaRows rows, bool withTarget)
    {
        IEnumerable<Node> expressions = [.. withTarget && !targetIsClass ? (Node[])[Formula.Left] : [], .. algebra.Offsets,
            .. variables.SelectMany(v => v.Arguments)];
        foreach (Node e in expressions.SelectMany(InnerFirst).Distinct())
        {
            double[] x = rows.Numbers(e);
            int row = Array.FindIndex(x, v => !double.IsFinite(v));
            if (row >= 0)
                return new(Array.ConvertAll(x, double.IsFinite), $"{Deparsed.Of(e)} is {Words(x[row])}{Where(rows, e, row)}, expected a "
                    + "finite number");
        }
        return null;
    }

    /// <summary>The rows with a level that no training row has; null when there are none.</summary>
    public UnusableRows? Strange(FormulaRows rows) => Factors.Select(f => f.Strange(rows)).FirstOrDefault(s => s is not null);

    /// <summary>All offsets as the formula writes them; null where there is none.</summary>
    public string? OffsetWords => HasOffset ? string.Join(" + ", algebra.Offsets.Select(Deparsed.Of)) : null;

    /// <summary>Why what a file says was learnt cannot be; null when it can.</summary>
    public string? Wrong(Learned learned)
    {
        string[] states = [.. variables.Where(v => v is BasisVariable or CutFactor).Select(v => v.Label), .. Stateful.Select(Deparsed.Of)],
            factors = [.. Factors.Select(f => f.Label)];
        if (learned.Numbers.Keys.FirstOrDefault(k => !states.Contains(k)) is { } strange)
            return $"it has numbers for '{strange}', which is no part of it";
        if (learned.Numbers.Values.Any(s => s is null || s.Values.Contains(null!))) return "numbers of a function are null";
        if (learned.Levels.Keys.FirstOrDefault(k => !factors.Contains(k)) is { } level)
            return $"it has levels for '{level}', which is no factor of it";
        foreach (Node call in Stateful)
        {
            if (!learned.Numbers.TryGetValue(Deparsed.Of(call), out Dictionary<string, double[]>? state))
                return $"it says nothing of {Deparsed.Of(call)}";
            if (Arithmetic.Wrong(state) is { } why) return $"what it says of {Deparsed.Of(call)} {why}";
        }
        return variables.Select(v => v.Wrong(learned)).FirstOrDefault(w => w is not null);
    }

    IEnumerable<Node> Stateful => algebra.Offsets.Concat(variables.SelectMany(v => v.Arguments)).Append(Formula.Left)
        .SelectMany(n => n.All).Where(Arithmetic.IsStateful);

    static Node Bare(Node node) => node switch
    {
        GroupNode g => Bare(g.Inner),
        CallNode { Function: "C" or "factor", Arguments: [{ Name: null, Value: var column }] } => column,
        _ => node,
    };

    // What a standardisation is made of has to be finite before its mean is taken.
    static IEnumerable<Node> InnerFirst(Node node) =>
        node.All.Reverse().Where(n => n is CallNode && Arithmetic.IsStateful(n)).SelectMany(n => n.Parts.Take(1)).Append(node);

    static string Words(double x) => double.IsNaN(x) ? "not defined" : x > 0 ? "infinite" : "−infinite";

    static string Where(FormulaRows rows, Node e, int row)
    {
        string[] values = [.. e.All.Where(n => n is NameNode or TextNode).Select(ColumnNames.Of).Distinct()
            .Where(n => rows.Find(n) is { IsText: false }).Select(n => $"{n} = {Text.Exact(rows.Find(n)!.Numbers[row])}")];
        return values.Length == 0 || e is NameNode or TextNode ? "" : $" ({string.Join(", ", values)})";
    }

    bool CheckTarget(ColumnNames names)
    {
        Node left = Formula.Left, bare = Bare(left);
        while (left is GroupNode g) left = g.Inner;
        if (left is CallNode { Function: "C" or "factor" or "ordered" } c && bare is CallNode)
            throw Formula.Fault(c, $"the target {Deparsed.Of(c)} {Formula.Place(c)} is a column of classes; expected C(COLUMN), or "
                + "C(COLUMN) = LEVEL for one against the rest.");
        bool isClass = Formula.Level is not null || left is CallNode { Function: "C" or "factor" };
        if (bare is NameNode or TextNode)
        {
            bool text = names.Require(Formula, bare);
            return isClass || text;
        }
        if (isClass)
            throw Formula.Fault(left, $"the target {Deparsed.Of(left)} {Formula.Place(left)} has no levels; expected a column before '='.");
        if (left.All.Any(n => n is DotNode) || left is CallNode { Function: "offset" })
            throw Formula.Fault(left,
                $"the target {Formula.Place(left)} is one column or a function of columns; found {Deparsed.Of(left)}.");
        if (left is CallNode { Function: "cbind" } counts)
            throw Formula.Fault(counts,
                $"cbind() {Formula.Place(counts)} stands for counts of successes and failures; expected two columns, as in "
                + "cbind(successes, failures), with nothing around them.");
        Arithmetic.Check(Formula, left, names);
        return false;
    }

    // One column of text has one set of contrasts.
    void RequireOneCoding(ColumnNames names)
    {
        foreach (IGrouping<string, ColumnFactor> of in variables.OfType<ColumnFactor>().GroupBy(f => f.Column))
            if (of.Skip(1).FirstOrDefault() is { } second)
                throw Formula.Fault(second.Node, $"the column '{of.Key}' is a factor in two ways, {of.First().Label} and {second.Label} "
                    + $"{Formula.Place(second.Node)}; write it in one way throughout.");
        foreach (string column in variables.OfType<ColumnFactor>().Select(f => f.Column))
            if (TargetColumns.ContainsKey(column))
                throw Formula.Fault(variables.OfType<ColumnFactor>().First(f => f.Column == column).Node,
                    $"the target '{column}' stands among the terms in {names.Source}; leave it out there.");
    }
}
