using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>Parts of a formula as variables, by the columns that there are.</summary>
static class Variables
{
    /// <exception cref="FitException">It is none; the place is marked.</exception>
    public static Variable Of(Formula formula, Node node, ColumnNames names)
    {
        switch (node)
        {
            case NameNode or TextNode when names.Require(formula, node):
                return new ColumnFactor(formula, node, node, null, null, false);
            case NameNode or TextNode:
                return new NumberVariable(node);
            case CallNode { Function: "C" or "factor" or "ordered" } call:
                return Factor(formula, call, names);
            case CallNode { Function: "cut" } call:
                CutFactor cut = new(formula, call);
                Check(cut);
                return cut;
            case CallNode { Function: "poly" or "bs" or "ns" } call:
                BasisVariable basis = Basis(formula, call);
                Check(basis);
                return basis;
            case CallNode { Function: "cbind" } call:
                throw formula.Fault(call, $"cbind() {Formula.Place(call)} is for the target, before '~'; terms are added with +.");
            default:
                Arithmetic.Check(formula, node, names);
                return new NumberVariable(node);
        }

        void Check(Variable v)
        {
            foreach (Node a in v.Arguments) Arithmetic.Check(formula, a, names);
        }
    }

    /// <summary>The column that a factor is made of.</summary>
    /// <exception cref="FitException">It is no column.</exception>
    public static Node FactorColumn(Formula formula, CallNode call)
    {
        Node? column = call.Arguments.FirstOrDefault(a => a.Name is null or "x")?.Value;
        return column is NameNode or TextNode ? column : throw formula.Fault(column ?? call, $"{call.Function}() takes a column, "
            + $"{Formula.Place(column ?? call)}; expected its name, in backticks where it is no word; cut() makes levels of numbers.");
    }

    static ColumnFactor Factor(Formula formula, CallNode call, ColumnNames names)
    {
        CallArguments a = new(formula, call, 1,
            call.Function == "C" ? ["x", "ref", "ordered", "levels"] : ["x", "levels", "ref", "ordered"]);
        Node column = FactorColumn(formula, call);
        names.Require(formula, column);
        bool ordered = call.Function == "ordered";
        IReadOnlyList<string>? levels = a.Levels("levels");
        if (a.Of("ordered") is TextNode { Text: "TRUE" or "FALSE" or "T" or "F" } flag) ordered = flag.Text[0] == 'T';
        else if (a.Of("ordered") is { } order)
        {
            if (levels is not null)
                throw formula.Fault(order, $"'ordered' and 'levels' of {call.Function}() {Formula.Place(order)} are two orders; give one.");
            (ordered, levels) = (true, a.Levels("ordered"));
            if (levels!.Count < 2)
                throw formula.Fault(order, $"'ordered' of {call.Function}() {Formula.Place(order)} names one level; expected an order such "
                    + "as low < high, or TRUE.");
        }
        if (ordered && a.Of("ref") is { } reference)
            throw formula.Fault(reference,
                $"'ref' {Formula.Place(reference)} means nothing to ordered levels, which are coded by polynomials; "
                + "leave it out.");
        return new(formula, call, column, levels, a.Of("ref"), ordered);
    }

    static BasisVariable Basis(Formula formula, CallNode call)
    {
        if (call.Function == "poly")
        {
            CallArguments p = new(formula, call, 1, "x", "degree", "raw");
            int degree = (int)p.Number("degree", 1, 1, PolynomialBasis.Highest, true);
            return new(formula, call, new PolynomialBasis(degree, p.Flag("raw", false)), p.Of("x")!);
        }
        bool natural = call.Function == "ns";
        CallArguments a = natural ? new(formula, call, 1, "x", "df", "knots", "intercept", "Boundary.knots")
            : new(formula, call, 1, "x", "df", "knots", "degree", "intercept", "Boundary.knots");
        int order = natural ? 1 : (int)a.Number("degree", 3, 1, 20, true);
        bool intercept = a.Flag("intercept", false);
        int least = order + (intercept ? 1 : 0);
        if (a.Of("df") is { } df && a.Of("knots") is not null)
            throw formula.Fault(df,
                $"'df' and 'knots' of {call.Function}() {Formula.Place(df)} are two answers to one question; give one.");
        int count = (int)a.Number("df", least, least, 1_000, true) - least;
        double[]? ends = a.Rising("Boundary.knots", 2);
        if (ends is { Length: > 2 } || ends?.All(double.IsFinite) == false)
            throw formula.Fault(a.Of("Boundary.knots")!,
                $"'Boundary.knots' of {call.Function}() {Formula.Place(a.Of("Boundary.knots")!)} are "
                + "the two ends; expected two finite numbers.");
        double[]? inner = a.Rising("knots", 1);
        SplineKnots knots = new(inner, count, ends);
        return new(formula, call, natural ? new NaturalBasis(knots, intercept) : new SplineBasis(knots, order, intercept), a.Of("x")!);
    }
}
