namespace Descent.Models.Certificates;

/// <summary>Σ ω D f fᵀ over some of the parameters: Hessians, and the matrices by which a dual point is moved into its domain.</summary>
sealed class ExactGram
{
    readonly ExactRisk risk;
    readonly ExactPoint point;
    readonly int[] local;
    readonly double[] dense;
    readonly bool coarse;

    /// <summary>A matrix over the listed parameters; <paramref name="coarse"/> adds up in double precision, ten times faster.</summary>
    public ExactGram(ExactRisk risk, ExactPoint point, IReadOnlyList<int> parameters, bool coarse)
    {
        (this.risk, this.point, this.coarse) = (risk, point, coarse);
        Parameters = parameters;
        local = new int[risk.Dimension];
        Array.Fill(local, -1);
        for (int a = 0; a < parameters.Count; a++) local[parameters[a]] = a;
        Size = parameters.Count;
        dense = new double[Size];
        Matrix = new DoubleDouble[Size * Size];
    }

    public IReadOnlyList<int> Parameters { get; }

    public int Size { get; }

    /// <summary>The upper triangle, row after row.</summary>
    public DoubleDouble[] Matrix { get; }

    /// <summary>Number of terms added up.</summary>
    public int Terms { get; private set; }

    /// <summary>Adds the terms; <paramref name="curvature"/> is D of every example, not used by multinomial ones.</summary>
    public ExactGram Fill(ReadOnlySpan<DoubleDouble> curvature)
    {
        int[] touched = new int[Size];
        double[] fast = coarse ? new double[Size * Size] : [];
        for (int i = 0; i < risk.Count; i++)
        {
            int from = risk.First[i], to = risk.First[i + 1];
            if (risk.Shape != LossShape.Multinomial)
            {
                if (!(curvature[i].Hi > 0) || point.Masked[from]) continue;
                if (coarse && Rises(from)) AddCoarse((risk.Weight[i] * curvature[i]).Hi, from, fast);
                else Add(risk.Weight[i] * curvature[i], from, -1, touched, fast);
                continue;
            }
            // diag(p) − ppᵀ as Σ p_a p_b (e_a − e_b)(e_a − e_b)ᵀ over pairs, the example's own class included: nothing cancels.
            for (int a = from; a < to; a++)
            {
                if (point.U[a].Hi == 0) continue;
                DoubleDouble p = risk.Weight[i] * point.U[a];
                Add(p * point.Own[i], a, -1, touched, fast);
                for (int b = from; b < a; b++)
                    if (point.U[b].Hi != 0) Add(p * point.U[b], a, b, touched, fast);
            }
        }
        for (int k = 0; k < fast.Length; k++) Matrix[k] = fast[k];
        return this;
    }

    // Whether no parameter is met twice: each comes after the one before.
    bool Rises(int row)
    {
        ReadOnlySpan<int> parameters = risk.ParametersOf(row);
        for (int e = 1; e < parameters.Length; e++)
            if (parameters[e] <= parameters[e - 1]) return false;
        return true;
    }

    // One row in double precision; where it holds every parameter, a row of the triangle is a run of its entries.
    void AddCoarse(double c, int row, double[] fast)
    {
        ReadOnlySpan<int> parameters = risk.ParametersOf(row);
        ReadOnlySpan<double> values = risk.ValuesOf(row);
        bool whole = parameters.Length == Size && local.Length == Size;
        Terms++;
        for (int s = 0; s < parameters.Length; s++)
        {
            int a = local[parameters[s]];
            if (a < 0) continue;
            double t = c * values[s];
            if (whole)
            {
                Vectors.AddScaled(t, values[s..], fast.AsSpan((a * Size) + a, Size - a));
                continue;
            }
            for (int q = s; q < parameters.Length; q++)
            {
                int b = local[parameters[q]];
                if (b >= 0) fast[a < b ? (a * Size) + b : (b * Size) + a] += t * values[q];
            }
        }
    }

    void Add(DoubleDouble c, int row, int less, int[] touched, double[] fast)
    {
        int count = Gather(row, 1, touched, 0);
        if (less >= 0) count = Gather(less, -1, touched, count);
        Terms++;
        for (int s = 0; s < count; s++)
        {
            int a = touched[s];
            double xa = dense[a];
            if (xa == 0) continue;
            DoubleDouble t = c * xa;
            for (int q = s; q < count; q++)
            {
                int b = touched[q], at = a < b ? (a * Size) + b : (b * Size) + a;
                if (coarse) fast[at] += t.Hi * dense[b];
                else Matrix[at] += t * dense[b];
            }
        }
        for (int s = 0; s < count; s++) dense[touched[s]] = 0;
    }

    int Gather(int row, double sign, int[] touched, int count)
    {
        ReadOnlySpan<int> parameters = risk.ParametersOf(row);
        ReadOnlySpan<double> values = risk.ValuesOf(row);
        for (int e = 0; e < parameters.Length; e++)
        {
            int a = local[parameters[e]];
            if (a < 0) continue;
            // A parameter met again (shared by both rows of a pair) keeps its first place.
            if (dense[a] == 0 && touched.AsSpan(0, count).IndexOf(a) < 0) touched[count++] = a;
            dense[a] += sign * values[e];
        }
        return count;
    }
}
