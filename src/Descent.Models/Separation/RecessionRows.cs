namespace Descent.Models.Separation;

/// <summary>
/// The inequalities <c>a_r·v ≥ 0</c> that make v a direction of recession of a likelihood: along it no loss rises. For classes, <c>a = x ⊗
/// (e_y − e_c)</c> for every other class c; for Poisson counts, <c>−x·v ≥ 0</c> at a count of 0 and <c>x·v = 0</c> (two inequalities) at
/// the others. Class −1 stands for the margin 0 of a reference.
/// </summary>
sealed class RecessionRows
{
    readonly int[] example, plus, minus;
    readonly double[] coefficient, h;

    public RecessionRows(Design design, int outputs, List<(int Example, int Plus, int Minus)> rows)
    {
        Design = design;
        Outputs = outputs;
        example = [.. rows.Select(r => r.Example)];
        plus = [.. rows.Select(r => r.Plus)];
        minus = [.. rows.Select(r => r.Minus)];
        coefficient = new double[design.Count * outputs];
        h = new double[design.Count];
    }

    public Design Design { get; }

    public int Outputs { get; }

    public int Count => example.Length;

    public int Dimension => Outputs * Design.Width;

    public (int Example, int Plus, int Minus) this[int r] => (example[r], plus[r], minus[r]);

    /// <summary><c>s = Av</c>.</summary>
    public void Product(ReadOnlySpan<double> v, Span<double> s)
    {
        int k = Outputs, width = Design.Width;
        for (int i = 0; i < Design.Count; i++)
            for (int a = 0; a < k; a++) coefficient[(i * k) + a] = Vectors.Dot(Design.Row(i), v.Slice(a * width, width));
        for (int r = 0; r < s.Length; r++) s[r] = At(r, plus[r]) - At(r, minus[r]);
    }

    /// <summary><c>Σ_j |a_rj v_j|</c>: what the rounding of a product is relative to.</summary>
    public void Sizes(ReadOnlySpan<double> v, Span<double> s)
    {
        int k = Outputs, width = Design.Width;
        for (int i = 0; i < Design.Count; i++)
        {
            ReadOnlySpan<double> x = Design.Row(i);
            for (int a = 0; a < k; a++)
            {
                double sum = 0;
                for (int j = 0; j < width; j++) sum += Math.Abs(x[j] * v[(a * width) + j]);
                coefficient[(i * k) + a] = sum;
            }
        }
        for (int r = 0; r < s.Length; r++) s[r] = At(r, plus[r]) + At(r, minus[r]);
    }

    double At(int r, int a) => a < 0 ? 0 : coefficient[(example[r] * Outputs) + a];

    /// <summary><c>g = Aᵀu</c>; with <paramref name="absolute"/>, of the absolute values of A.</summary>
    public void Adjoint(ReadOnlySpan<double> u, Span<double> g, bool absolute = false)
    {
        int k = Outputs, width = Design.Width;
        Array.Clear(coefficient);
        for (int r = 0; r < u.Length; r++)
        {
            if (plus[r] >= 0) coefficient[(example[r] * k) + plus[r]] += u[r];
            if (minus[r] >= 0) coefficient[(example[r] * k) + minus[r]] += absolute ? u[r] : -u[r];
        }
        g.Clear();
        for (int i = 0; i < Design.Count; i++)
        {
            ReadOnlySpan<double> x = Design.Row(i);
            for (int a = 0; a < k; a++)
            {
                double c = coefficient[(i * k) + a];
                Span<double> to = g.Slice(a * width, width);
                if (c == 0) continue;
                if (!absolute) Vectors.AddScaled(c, x, to);
                else
                    for (int j = 0; j < width; j++) to[j] += Math.Abs(c * x[j]);
            }
        }
    }

    /// <summary><c>H = Aᵀ diag(D) A</c>, upper triangle.</summary>
    public void Gram(double[] d, double[] matrix)
    {
        Array.Clear(matrix);
        Blocks.Add(Design, Outputs, Entry, h, matrix);

        bool Entry(int a, int b, double[] to)
        {
            Array.Clear(to);
            bool any = false;
            for (int r = 0; r < d.Length; r++)
            {
                if (d[r] == 0) continue;
                double sign = a == b ? plus[r] == a || minus[r] == a ? 1 : 0
                    : (plus[r] == a && minus[r] == b) || (plus[r] == b && minus[r] == a) ? -1 : 0;
                if (sign == 0) continue;
                to[example[r]] += sign * d[r];
                any = true;
            }
            return any;
        }
    }

    /// <summary>The rows chosen as a matrix, column after column.</summary>
    public double[] ColumnsOf(int[] chosen)
    {
        int width = Design.Width, n = chosen.Length;
        double[] columns = new double[(long)n * Dimension];
        for (int at = 0; at < n; at++)
        {
            int r = chosen[at];
            ReadOnlySpan<double> x = Design.Row(example[r]);
            for (int j = 0; j < width; j++)
            {
                if (plus[r] >= 0) columns[(((plus[r] * width) + j) * (long)n) + at] = x[j];
                if (minus[r] >= 0) columns[(((minus[r] * width) + j) * (long)n) + at] = -x[j];
            }
        }
        return columns;
    }
}
