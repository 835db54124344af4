using Descent.Data;
using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>Expressions of columns, one number a row: what stands in <c>I()</c>, in functions and alone.</summary>
static class Arithmetic
{
    /// <summary>Calls that need what they learnt from the training rows: value and number of arguments.</summary>
    static readonly string[] stateful = ["scale", "standardise", "standardize", "center", "centre"];

    static readonly string[] columns = ["C", "factor", "ordered", "cut", "poly", "bs", "ns"];

    /// <summary>Everything that may be called.</summary>
    public static IEnumerable<string> Known => [.. Functions.Names, "I", "pmin", "pmax", .. stateful, .. columns, "offset", "cbind"];

    /// <summary>Whether a call gives several columns or levels, which no arithmetic has a use for.</summary>
    public static bool GivesColumns(CallNode call) => columns.Contains(call.Function);

    public static bool IsStateful(Node node) => node is CallNode c && stateful.Contains(c.Function);

    /// <summary>Refuses what is no arithmetic and names what is not there.</summary>
    public static void Check(Formula formula, Node node, ColumnNames names)
    {
        switch (node)
        {
            case NumberNode:
                return;
            case NameNode { Name: "pi" or "Inf" } c when names.IsText(c.Name) is null:
                return;
            case NameNode or TextNode:
                names.RequireNumbers(formula, node);
                return;
            case GroupNode or SignNode or PairNode { Operation: <= Operation.Power }:
                foreach (Node part in node.Parts) Check(formula, part, names);
                return;
            case CallNode call:
                CheckCall(formula, call, names);
                return;
            default:
                throw formula.Fault(node, $"'{Deparsed.Of(node)}' {Formula.Place(node)} is no arithmetic; expected numbers, columns, "
                    + "functions, + - * / and ^.");
        }
    }

    static void CheckCall(Formula formula, CallNode call, ColumnNames names)
    {
        Node name = new TextNode(call.At, call.At + call.Function.Length, call.Function);
        if (GivesColumns(call))
            throw formula.Fault(name, $"{call.Function}() {Formula.Place(call)} makes several columns, so it stands alone or in an "
                + "interaction, not in arithmetic.");
        if (call.Function == "offset")
            throw formula.Fault(name, $"offset() {Formula.Place(call)} is a term of its own; add it with +.");
        if (call.Function is "min" or "max")
            throw formula.Fault(name, $"{call.Function}() {Formula.Place(call)} would be one number for all rows; row by row it is "
                + $"p{call.Function}().");
        if (!Known.Contains(call.Function))
            throw formula.Fault(name, $"'{call.Function}' {Formula.Place(call)} is no function that is known"
                + (Nearest.To(call.Function, Known) is { } near ? $"; did you mean {near}()?"
                    : $"; there are {string.Join(", ", Known.Order(StringComparer.Ordinal))}."));
        foreach (Node part in Operands(formula, call)) Check(formula, part, names);
    }

    // The arguments that are arithmetic of columns; the others are checked as they are read.
    static IEnumerable<Node> Operands(Formula formula, CallNode call)
    {
        if (call.Function is "pmin" or "pmax")
            return call.Arguments.Count >= 2 && call.Arguments.All(a => a.Name is null) ? call.Arguments.Select(a => a.Value)
                : throw formula.Fault(call, $"{call.Function}() {Formula.Place(call)} takes two or more unnamed arguments.");
        CallArguments a = Of(formula, call);
        if (call.Function == "scale")
        {
            a.Flag("center", true);
            a.Flag("scale", true);
        }
        if (call.Function == "log" && a.Of("base") is { } b)
        {
            double value = a.Number("base", Math.E, double.Epsilon, double.MaxValue, false);
            if (value == 1) throw formula.Fault(b, $"the base of log() is 1 {Formula.Place(b)}; expected a number above 0 other than 1.");
        }
        return [a.Of("x")!];
    }

    static CallArguments Of(Formula formula, CallNode call) => call.Function switch
    {
        "log" => new(formula, call, 1, "x", "base"),
        "scale" => new(formula, call, 1, "x", "center", "scale"),
        _ => new(formula, call, 1, "x"),
    };

    /// <summary>The numbers of an expression that was checked.</summary>
    public static double[] Of(FormulaRows rows, Node node)
    {
        switch (node)
        {
            case NumberNode n: return Filled(rows.Count, n.Value);
            case NameNode { Name: "pi" } when rows.Find("pi") is null: return Filled(rows.Count, Math.PI);
            case NameNode { Name: "Inf" } when rows.Find("Inf") is null: return Filled(rows.Count, double.PositiveInfinity);
            case NameNode or TextNode: return rows.Find(ColumnNames.Of(node))!.Numbers.ToArray();
            case GroupNode g: return Of(rows, g.Inner);
            case SignNode s: return s.IsMinus ? Mapped(Of(rows, s.Operand), v => -v) : Of(rows, s.Operand);
            case PairNode p: return Paired(Of(rows, p.Left), Of(rows, p.Right), Functions.Of(p.Operation));
            case CallNode call: return OfCall(rows, call);
            default: throw new InvalidOperationException($"A {node.GetType().Name} is no arithmetic.");
        }
    }

    static double[] OfCall(FormulaRows rows, CallNode call)
    {
        if (call.Function is "pmin" or "pmax")
            return call.Arguments.Select(a => Of(rows, a.Value))
                .Aggregate((a, b) => Paired(a, b, call.Function == "pmin" ? Math.Min : Math.Max));
        CallArguments arguments = Of(rows.Formula, call);
        double[] x = Of(rows, arguments.Of("x")!);
        if (call.Function == "I") return x;
        if (IsStateful(call)) return Standardised(rows, call, arguments, x);
        Func<double, double> f = Functions.Of(call.Function)!;
        x = Mapped(x, f);
        if (call.Function != "log" || arguments.Of("base") is null) return x;
        double scale = Math.Log(arguments.Number("base", Math.E, double.Epsilon, double.MaxValue, false));
        return Mapped(x, v => v / scale);
    }

    // (x − mean)/deviation, with the deviation over n − 1 as in R's scale().
    static double[] Standardised(FormulaRows rows, CallNode call, CallArguments arguments, double[] x)
    {
        bool centres = call.Function != "scale" || arguments.Flag("center", true),
            divides = call.Function == "scale" ? arguments.Flag("scale", true) : call.Function is not ("center" or "centre");
        Dictionary<string, double[]> state = rows.Learned.Of(Deparsed.Of(call), () =>
        {
            double[] seen = rows.Training(x);
            double mean = centres ? Vectors.Sum<double>(seen) / seen.Length : 0;
            double square = Vectors.Sum<double>(Mapped(seen, v => (v - mean) * (v - mean)));
            double deviation = divides ? Math.Sqrt(square / (seen.Length - 1)) : 1;
            if (!(deviation > 0 && double.IsFinite(deviation)))
                throw rows.Formula.Fault(call,
                    $"{Deparsed.Of(call)} {Formula.Place(call)} has no deviation to divide by: its numbers are all "
                    + "the same; leave it out.");
            return new(StringComparer.Ordinal) { ["mean"] = [mean], ["deviation"] = [deviation] };
        });
        double m = state["mean"][0], s = state["deviation"][0];
        return Mapped(x, v => (v - m) / s);
    }

    /// <summary>Why the numbers of a standardisation are none; null when they are.</summary>
    public static string? Wrong(Dictionary<string, double[]> state) =>
        state.GetValueOrDefault("mean") is [var mean] && double.IsFinite(mean)
            && state.GetValueOrDefault("deviation") is [var deviation] && deviation > 0 && double.IsFinite(deviation) && state.Count == 2
            ? null : "needs a finite mean and a deviation above 0";

    static double[] Filled(int count, double value)
    {
        double[] x = new double[count];
        Array.Fill(x, value);
        return x;
    }

    static double[] Mapped(double[] x, Func<double, double> f) => Array.ConvertAll(x, v => f(v));

    static double[] Paired(double[] a, double[] b, Func<double, double, double> f)
    {
        double[] y = new double[a.Length];
        for (int i = 0; i < y.Length; i++) y[i] = f(a[i], b[i]);
        return y;
    }
}
