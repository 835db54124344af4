namespace Descent.Fitting.Formulas;

/// <summary>B-splines, all or all but the first, which is the constant's: <c>bs()</c> of R.</summary>
sealed class SplineBasis(SplineKnots knots, int degree, bool intercept) : IBasis
{
    public Dictionary<string, double[]> Learn(double[] x, ref string? wrong) => knots.Learn(x, ref wrong);

    public int Width(Dictionary<string, double[]> state) => state["knots"].Length + degree + (intercept ? 1 : 0);

    public void Fill(Dictionary<string, double[]> state, double[] x, double[] values)
    {
        BSplines splines = new(state["knots"], state["ends"][0], state["ends"][1], degree);
        double[] all = new double[splines.Count];
        int width = Width(state);
        for (int i = 0; i < x.Length; i++)
        {
            splines.At(x[i], all);
            all.AsSpan(all.Length - width).CopyTo(values.AsSpan(i * width));
        }
    }

    public string? Wrong(Dictionary<string, double[]> state) => knots.Wrong(state);
}
