namespace Descent.Models.Certificates;

/// <summary>
/// The primal–dual interior-point method for kinked losses in double-double arithmetic, on small problems:
/// its dual variables need no refinement, for they are complementary to some twenty-five digits.
/// Pieces are the rows, and for every L1 penalty λ₁|wⱼ| one more.
/// </summary>
sealed class ExactInterior
{
    const int MostSteps = 150;
    const double Centring = 0.1, Room = 0.98;
    readonly ExactRisk risk;
    readonly int rows, pieces, d;
    readonly int[] kinked;
    int steps = MostSteps;
    readonly DoubleDouble[] w, u, a, b, e, rho, du, low, high, omega, step, gram, right;

    /// <summary>Room for one problem.</summary>
    /// <param name="risk">The problem.</param>
    /// <param name="light">Rows left out, with the dual variable 0: too light for F to show them. Null for none.</param>
    public ExactInterior(ExactRisk risk, bool[]? light = null)
    {
        this.risk = risk;
        (rows, d) = (risk.Rows, risk.Dimension);
        kinked = [.. Enumerable.Range(0, d).Where(j => risk.Lasso[j] > 0)];
        pieces = rows + kinked.Length;
        (w, step, right, gram) = (new DoubleDouble[d], new DoubleDouble[d], new DoubleDouble[d], new DoubleDouble[d * d]);
        (u, a, b, e, rho, du) = (new DoubleDouble[pieces], new DoubleDouble[pieces], new DoubleDouble[pieces], new DoubleDouble[pieces],
         new DoubleDouble[pieces], new DoubleDouble[pieces]);
        (low, high, omega) = (new DoubleDouble[pieces], new DoubleDouble[pieces], new DoubleDouble[pieces]);
        Begin(light);
    }

    /// <summary>Dual variables of the rows.</summary>
    public ReadOnlySpan<DoubleDouble> Dual => u.AsSpan(0, rows);

    /// <summary>Scaled parameters.</summary>
    public ReadOnlySpan<DoubleDouble> Point => w;

    /// <summary>Runs until complementarity is this part of the size of F; false when no step is left.</summary>
    public bool Run(double part)
    {
        double size = Size();
        for (; steps > 0; steps--)
        {
            double gap = Complementarity();
            if (!double.IsFinite(gap)) return false;
            if (gap <= part * size) return true;
            if (!Advance(gap)) return false;
        }
        return false;
    }

    void Begin(bool[]? light)
    {
        for (int q = 0; q < pieces; q++)
        {
            bool row = q < rows;
            if (row && light is not null && light[q]) continue;
            (low[q], high[q], omega[q]) = row ? (risk.Low, risk.High, risk.Weight[q]) : (-1, 1, risk.Lasso[kinked[q - rows]]);
            double r = row ? -risk.LevelOf(q).Hi : 0;
            u[q] = (low[q] + high[q]) * 0.5;
            (a[q], b[q]) = (Math.Max(r, 0) + 1, Math.Max(-r, 0) + 1);
        }
    }

    double Size()
    {
        double size = 0;
        for (int i = 0; i < rows; i++) size += omega[i].Hi * Math.Abs(risk.LevelOf(i).Hi);
        return size;
    }

    double Complementarity()
    {
        double sum = 0;
        for (int q = 0; q < pieces; q++) sum += omega[q].Hi * ((a[q] * (high[q] - u[q])).Hi + (b[q] * (u[q] - low[q])).Hi);
        return sum;
    }

    DoubleDouble Along(int q, DoubleDouble[] x)
    {
        if (q >= rows) return x[kinked[q - rows]];
        DoubleDouble sum = 0;
        for (int k = risk.Starts[q]; k < risk.Starts[q + 1]; k++) sum += x[risk.Parameter[k]] * risk.Value[k];
        return sum;
    }

    // (Λ + Σ (ω/e) x xᵀ) dw = −(Λw + Σ ω x (u + ρ/e)), then du = (ρ + x·dw)/e.
    bool Advance(double gap)
    {
        double weight = 0;
        for (int q = 0; q < pieces; q++) weight += omega[q].Hi;
        DoubleDouble mu = Centring * gap / (2 * weight);
        Array.Clear(gram);
        for (int j = 0; j < d; j++) (gram[(j * d) + j], right[j]) = (risk.Ridge[j], -(w[j] * risk.Ridge[j]));
        for (int q = 0; q < pieces; q++) Add(q, mu);
        new ExactFactor(gram, d, 1e-28).Solve(right, step);
        double length = 1;
        for (int q = 0; q < pieces; q++)
        {
            if (omega[q].Hi == 0) continue;
            du[q] = (rho[q] + Along(q, step)) / e[q];
            DoubleDouble above = high[q] - u[q], below = u[q] - low[q];
            length = Math.Min(length, Room * Math.Min(Longest(above, -du[q]), Longest(below, du[q])));
            length = Math.Min(length,
                Room * Math.Min(Longest(a[q], ((mu + (a[q] * du[q])) / above) - a[q]),
                    Longest(b[q], ((mu - (b[q] * du[q])) / below) - b[q])));
        }
        if (!(length > 1e-12)) return false;
        for (int q = 0; q < pieces; q++)
        {
            if (omega[q].Hi == 0) continue;
            DoubleDouble da = ((mu + (a[q] * du[q])) / (high[q] - u[q])) - a[q], db = ((mu - (b[q] * du[q])) / (u[q] - low[q])) - b[q];
            (a[q], b[q], u[q]) = (a[q] + (da * length), b[q] + (db * length), u[q] + (du[q] * length));
        }
        for (int j = 0; j < d; j++) w[j] += step[j] * length;
        return true;
    }

    void Add(int q, DoubleDouble mu)
    {
        if (omega[q].Hi == 0) return;
        DoubleDouble above = high[q] - u[q], below = u[q] - low[q], r = q < rows ? Along(q, w) - risk.LevelOf(q) : Along(q, w);
        e[q] = (a[q] / above) + (b[q] / below);
        rho[q] = r - (mu / above) + (mu / below);
        DoubleDouble pull = omega[q] * (u[q] + (rho[q] / e[q])), curve = omega[q] / e[q];
        if (q >= rows)
        {
            int j = kinked[q - rows];
            right[j] -= pull;
            gram[(j * d) + j] += curve;
            return;
        }
        for (int k = risk.Starts[q]; k < risk.Starts[q + 1]; k++)
        {
            int j = risk.Parameter[k];
            right[j] -= pull * risk.Value[k];
            DoubleDouble t = curve * risk.Value[k];
            for (int m = k; m < risk.Starts[q + 1]; m++)
            {
                int l = risk.Parameter[m];
                gram[(Math.Min(j, l) * d) + Math.Max(j, l)] += t * risk.Value[m];
            }
        }
    }

    static double Longest(DoubleDouble x, DoubleDouble dx) => dx.Hi < 0 ? -x.Hi / dx.Hi : double.PositiveInfinity;
}
