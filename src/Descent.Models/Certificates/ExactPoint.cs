namespace Descent.Models.Certificates;

/// <summary>
/// Margins, slopes, gradient and value at one point, in double-double arithmetic. The slopes are taken at the margins as they are computed,
/// so that <c>φ(z) − uz = −φ*(u)</c> holds for them to 2⁻⁹⁰ of itself whatever rounding the margins have met.
/// </summary>
sealed class ExactPoint
{
    readonly ExactRisk risk;

    public ExactPoint(ExactRisk risk)
    {
        this.risk = risk;
        (W, V) = (new DoubleDouble[risk.Dimension], new DoubleDouble[risk.Dimension]);
        (Z, U, Own, Masked) = (new DoubleDouble[risk.Rows], new DoubleDouble[risk.Rows], new DoubleDouble[risk.Count], new bool[risk.Rows]);
        Excess = new double[risk.Count];
    }

    /// <summary>Scaled parameters.</summary>
    public DoubleDouble[] W { get; }

    /// <summary>Margins of the rows.</summary>
    public DoubleDouble[] Z { get; }

    /// <summary>Slopes of the rows; a multinomial row's is the probability of its class.</summary>
    public DoubleDouble[] U { get; }

    /// <summary>Σ ω u x for every parameter.</summary>
    public DoubleDouble[] V { get; }

    /// <summary>Probability of the example's own class; the curvature e^z for Poisson.</summary>
    public DoubleDouble[] Own { get; }

    /// <summary>Rows left out: their part of the loss is replaced by its infimum, which can only lower F.</summary>
    public bool[] Masked { get; }

    /// <summary>ω(φ − inf φ) of every example: what F could lose of it at most.</summary>
    public double[] Excess { get; }

    /// <summary>F, without the masked parts.</summary>
    public DoubleDouble Value { get; private set; }

    /// <summary>Σ ω φ(z).</summary>
    public DoubleDouble Losses { get; private set; }

    /// <summary>−Σ ω φ*(u) of a kinked loss.</summary>
    public DoubleDouble Conjugates { get; private set; }

    /// <summary>Σ ω(|φ| + |uz|), to which rounding is in proportion.</summary>
    public double Size { get; private set; }

    /// <summary>Σ ω|φ|.</summary>
    public double LossSize { get; private set; }

    /// <summary>Σ ω|u|·Σ|xⱼwⱼ|: what a relative error of the margins does to F.</summary>
    public double MarginSize { get; private set; }

    /// <summary>Evaluates everything at <see cref="W"/>.</summary>
    public void Evaluate()
    {
        (Size, LossSize, MarginSize) = (0, 0, 0);
        DoubleDouble loss = 0;
        for (int i = 0; i < risk.Count; i++)
        {
            DoubleDouble phi = Example(i), product = 0;
            for (int r = risk.First[i]; r < risk.First[i + 1]; r++) product += U[r] * Z[r];
            DoubleDouble omega = risk.Weight[i];
            loss += omega * phi;
            Excess[i] = omega.Hi * (phi.Hi - Least(i));
            LossSize += omega.Hi * Math.Abs(phi.Hi);
            Size += omega.Hi * (Math.Abs(phi.Hi) + Math.Abs(product.Hi));
        }
        Losses = loss;
        for (int j = 0; j < W.Length; j++) loss += (W[j] * W[j] * (0.5 * risk.Ridge[j])) + (DoubleDouble.Abs(W[j]) * risk.Lasso[j]);
        Value = loss;
        Adjoint();
    }

    /// <summary>Takes dual variables of a kinked loss, for which φ*(u) = uc, c less the offset.</summary>
    public void Take(ReadOnlySpan<DoubleDouble> u)
    {
        u.CopyTo(U);
        Size = 0;
        DoubleDouble dual = 0;
        for (int i = 0; i < risk.Count; i++)
        {
            DoubleDouble t = risk.Weight[i] * U[i] * risk.LevelOf(i);
            dual -= t;
            Size += Math.Abs(t.Hi);
        }
        Conjugates = dual;
        Adjoint();
    }

    /// <summary>Fills <see cref="V"/> from <see cref="U"/>.</summary>
    public void Adjoint()
    {
        Array.Clear(V);
        for (int i = 0; i < risk.Count; i++)
        {
            for (int r = risk.First[i]; r < risk.First[i + 1]; r++)
            {
                if (U[r].Hi == 0) continue;
                DoubleDouble a = risk.Weight[i] * U[r];
                for (int e = risk.Starts[r]; e < risk.Starts[r + 1]; e++) V[risk.Parameter[e]] += a * risk.Value[e];
            }
        }
    }

    DoubleDouble Example(int i)
    {
        int from = risk.First[i], to = risk.First[i + 1];
        double slope = 0;
        for (int r = from; r < to; r++)
        {
            DoubleDouble z = risk.Offset[i];
            double size = Math.Abs(risk.Offset[i]);
            for (int e = risk.Starts[r]; e < risk.Starts[r + 1]; e++)
            {
                DoubleDouble t = W[risk.Parameter[e]] * risk.Value[e];
                z += t;
                size += Math.Abs(t.Hi);
            }
            Z[r] = z;
            slope = Math.Max(slope, size);
        }
        DoubleDouble phi = risk.Shape == LossShape.Multinomial ? Multinomial(i, from, to) : OfOneMargin(i, from);
        // A kink that is farther away than any rounding of the margin changes nothing.
        double steep =
            risk.Shape == LossShape.Kinked && !(Math.Abs((Z[from] - risk.Centre[i]).Hi) > 1e-20 * slope) ? (risk.High - risk.Low).Hi : 0;
        for (int r = from; r < to; r++) steep += Math.Abs(U[r].Hi);
        // The second term is what the curvature, 1 or e^z, adds to a relative error of 2⁻⁹⁰; that of a multinomial loss is below its
        // slope.
        double curved = risk.Shape switch { LossShape.Squared or LossShape.Huber => 1, LossShape.Poisson => Own[i].Hi, _ => 0 };
        MarginSize += risk.Weight[i].Hi * slope * ((2 * steep) + (1e-27 * slope * curved));
        return phi;
    }

    DoubleDouble OfOneMargin(int i, int r)
    {
        DoubleDouble z = Z[r], residual = z - risk.Centre[i];
        if (Masked[r])
        {
            Own[i] = U[r] = 0;
            return Least(i);
        }
        switch (risk.Shape)
        {
            case LossShape.Squared:
                U[r] = residual;
                return residual * residual * 0.5;
            case LossShape.Huber:
                bool inside = (DoubleDouble.Abs(residual) - risk.Delta).Hi <= 0;
                U[r] = inside ? residual : Math.CopySign(risk.Delta, residual.Hi);
                return inside ? residual * residual * 0.5 : (DoubleDouble.Abs(residual) - (0.5 * risk.Delta)) * risk.Delta;
            case LossShape.Poisson:
                DoubleDouble e = DoubleDouble.Exp(z);
                Own[i] = e;
                U[r] = e - risk.Centre[i];
                return e - (z * risk.Centre[i]);
            default:
                U[r] = residual.Hi > 0 ? risk.High : residual.Hi < 0 ? risk.Low : 0;
                return residual * U[r];
        }
    }

    // inf φ, from below: y − y ln y for a count, 0 for the other losses.
    double Least(int i)
    {
        double y = risk.Centre[i];
        if (risk.Shape != LossShape.Poisson || y == 0) return 0;
        double part = y * Math.Log(y);
        return y - part - (1e-15 * (y + Math.Abs(part)));
    }

    // p_r = e^{z_r}/(1 + Σ e^z), every term positive: no digit of a small probability is lost.
    DoubleDouble Multinomial(int i, int from, int to)
    {
        double top = 0;
        for (int r = from; r < to; r++)
            if (!Masked[r]) top = Math.Max(top, Z[r].Hi);
        DoubleDouble sum = 0, own = DoubleDouble.Exp(-top);
        for (int r = from; r < to; r++)
        {
            U[r] = Masked[r] ? 0 : DoubleDouble.Exp(Z[r] - top);
            sum += U[r];
        }
        DoubleDouble total = own + sum;
        for (int r = from; r < to; r++) U[r] /= total;
        Own[i] = own / total;
        return top > 0 ? new DoubleDouble(top) + Math.Log((double)total) : ElementaryFunctions.LogOnePlus((double)sum);
    }
}
