using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>Numbers written in a formula: <c>c(0, 10, Inf)</c>, <c>seq(0, 1, by = 0.25)</c>, <c>-2 * pi</c>.</summary>
static class Constants
{
    const int Most = 1_000;

    /// <exception cref="FitException">It is none, or names a column.</exception>
    public static double[] Of(Formula formula, Node node) => node switch
    {
        NumberNode n => [n.Value],
        NameNode { Name: "Inf" } => [double.PositiveInfinity],
        NameNode { Name: "pi" } => [Math.PI],
        GroupNode g => Of(formula, g.Inner),
        SignNode s => Array.ConvertAll(Of(formula, s.Operand), v => s.IsMinus ? -v : v),
        CallNode { Function: "c" } c => [.. c.Arguments.SelectMany(a => Of(formula, a.Value))],
        CallNode { Function: "seq" } c => Sequence(formula, c),
        CallNode { Arguments.Count: 1 } c when Functions.Of(c.Function) is { } f =>
            Array.ConvertAll(Of(formula, c.Arguments[0].Value), v => f(v)),
        PairNode { Operation: <= Operation.Power } p when Of(formula, p.Left) is [var a] && Of(formula, p.Right) is [var b] =>
            [Functions.Of(p.Operation)(a, b)],
        _ => throw formula.Fault(node, $"'{Deparsed.Of(node)}' {Formula.Place(node)} is no number; expected one, or several as c(1, 2)."),
    };

    static double[] Sequence(Formula formula, CallNode call)
    {
        CallArguments a = new(formula, call, 3, "from", "to", "by");
        double from = One("from"), to = One("to"), by = One("by");
        double steps = Math.Floor(((to - from) / by) + 1e-10);
        if (!(steps >= 0 && steps < Most))
            throw formula.Fault(call,
                $"seq() {Formula.Place(call)} has {(steps >= Most ? "more than 1,000" : "no")} numbers; expected steps "
                + "that lead from the first to the second.");
        return [.. Enumerable.Range(0, (int)steps + 1).Select(i => from + (i * by))];

        double One(string name) => a.Number(name, 0, double.MinValue, double.MaxValue, false);
    }
}
