using Descent.Fitting.Expressions;

namespace Descent.Fitting.Formulas;

/// <summary>Several columns made of one: polynomials or splines.</summary>
sealed class BasisVariable(Formula formula, CallNode call, IBasis basis, Node argument) : Variable(call)
{
    public override IEnumerable<Node> Arguments => [argument];

    public override void Learn(FormulaRows rows)
    {
        rows.Learned.Of(Label, () =>
        {
            string? wrong = null;
            Dictionary<string, double[]> state = basis.Learn(rows.Training(rows.Numbers(argument)), ref wrong);
            return wrong is null ? state
                : throw formula.Fault(call, $"{Deparsed.Of(call)} {Formula.Place(call)} {wrong}");
        });
    }

    public override IReadOnlyList<string> Names(Learned learned, bool full) =>
        [.. Enumerable.Range(1, basis.Width(learned.Numbers[Label])).Select(k => Label + k)];

    public override Coded Of(FormulaRows rows, bool full) => rows.Once(call, () =>
    {
        Dictionary<string, double[]> state = rows.Learned.Numbers[Label];
        double[] x = rows.Numbers(argument);
        int width = basis.Width(state);
        double[] values = new double[(long)x.Length * width];
        basis.Fill(state, x, values);
        return new Coded(width) { Values = values };
    });

    public override string? Wrong(Learned learned) => learned.Numbers.TryGetValue(Label, out Dictionary<string, double[]>? state)
        ? basis.Wrong(state) is { } why ? $"what it says of {Label} {why}" : null : $"it says nothing of {Label}";
}
