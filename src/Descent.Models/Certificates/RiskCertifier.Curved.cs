using Descent.Models.Losses;
using Descent.Runs;

namespace Descent.Models.Certificates;

// Large problems without any penalty, in double precision: the derivatives u of the losses at w are moved to u − D X c, for which Σ ωu x
// vanishes exactly.
public sealed partial class RiskCertifier<T>
{
    // Multiplications of a Hessian from which double-double arithmetic is worth avoiding.
    const double Large = 2e7;

    // G17's argument without a penalty: c solves (Σ ωD xxᵀ) c = v = Σ ωu x in thought; the move costs at most ν² = vᵀ(Σ ωD xxᵀ)⁻¹v, a
    // number because the smallest eigenvalue of the scaled matrix is proved. True where the bound is as near as was asked for, so that
    // nothing more is owed.
    bool Curved(double value, double error)
    {
        if (!IsLargeAndFree()) return false;
        double[] room = new double[n], h = new double[n], gram = new double[d * d];
        for (int i = 0; i < n; i++) h[i] = risk.WeightOf(i) * (room[i] = Room(i));
        if (!risk.AddWeightedGram(h, gram)) return false;
        DoubleDouble[] matrix = [.. gram.Select(x => (DoubleDouble)x)];
        PlainFactor factor = new(matrix, d);
        double lambda = factor.Rank < d ? 0 : factor.SmallestEigenvalue(4 * Rounding.Gamma(n + 16));
        if (!(lambda > 0)) return false;
        u.AsSpan().CopyTo(candidate);
        double square = ScaledSquare(factor), nu = Math.Sqrt(square / lambda) * 1.0001, step = Math.Sqrt(square) / lambda * 1.0001;
        if (!double.IsFinite(nu) || !StaysInside(room, nu, step, factor)) return false;
        Offer still = Dual(value, 0, 0,
            "Fenchel dual at the derivatives of the losses, corrected by a Hessian whose Cholesky factor is verified");
        double moved = ((nu * nu) + (8 * Unit * nu * Sensitivity(room))) * 1.0001;
        if (still.Kind == CertificateKind.None || !double.IsFinite(moved)) return false;
        CertificateKind kind = risk.Kind == LossKind.Linear ? CertificateKind.Quadratic : CertificateKind.Duality;
        Consider(still with { Bound = still.Bound - moved, Allowance = still.Allowance + moved, Kind = kind });
        attained |= risk.Kind is LossKind.Logistic or LossKind.Poisson
            && room.Zip(Enumerable.Range(0, n)).All(r => r.First > 0 || risk.WeightOf(r.Second) == 0);
        return value + error - best.Bound <= enough * Math.Abs(value);
    }

    bool IsLargeAndFree()
    {
        if (k != 1 || !canNewton || risk.Kind is not (LossKind.Linear or LossKind.Huber or LossKind.Poisson or LossKind.Logistic))
            return false;
        if (risk.Entries * (double)d < Large || CountFree() < d) return false;
        for (int i = 0; i < n; i++)
            if (risk.FeasibleScale(i, u.AsSpan(i, 1)) < 1) return false;
        return true;
    }

    // How far u may move, and in what proportion: 1, (δ − |u|)/δ, e^z, p(1 − p).
    double Room(int i) => risk.Kind switch
    {
        LossKind.Huber => Math.Max(0, (risk.SlopeBound(i) - Math.Abs(u[i])) / risk.SlopeBound(i)),
        LossKind.Poisson => Math.Max(0, u[i] + y[i]),
        LossKind.Logistic when IsShare(i) => Math.Max(0, (u[i] + y[i]) * (1 - y[i] - u[i])),
        LossKind.Logistic => Math.Abs(u[i]) * Math.Max(0, 1 - Math.Abs(u[i])),
        _ => 1,
    };

    // ‖S v‖², S = diag(H)^(−½), v as far from 0 as its rounding allows.
    double ScaledSquare(PlainFactor factor)
    {
        double[] error = AdjointError(weightError + (4 * Unit), 0, 1);
        double square = 0;
        for (int j = 0; j < d; j++)
        {
            double part = (Math.Abs(v[j]) + error[j]) * factor.ScaleOf(j);
            square += part * part;
        }
        return square * (1 + Rounding.Gamma(d + 8));
    }

    // |x·c| ≤ ν/√(ωD) in the norm of the matrix, or ‖S⁻¹c‖‖S x‖; half of D keeps a probability or a mean positive, δ a slope of Huber's
    // loss within its bounds.
    bool StaysInside(double[] room, double nu, double step, PlainFactor factor)
    {
        if (risk.Kind == LossKind.Linear) return true;
        double limit = risk.Kind == LossKind.Huber ? risk.SlopeBound(0) : 0.5;
        int[] columns = new int[risk.LongestRow];
        double[] x = new double[columns.Length];
        double ones = risk.HasIntercept ? factor.ScaleOf(d - 1) : 0;
        for (int i = 0; i < n; i++)
        {
            double weight = risk.WeightOf(i) * room[i];
            if (weight == 0 || nu <= 0.999 * limit * Math.Sqrt(weight)) continue;
            int entries = risk.ReadRow(i, columns, x);
            double norm = 0;
            for (int e = 0; e < entries; e++) norm += x[e] * x[e] * factor.ScaleOf(columns[e]) * factor.ScaleOf(columns[e]);
            if (!(Math.Sqrt(norm + (ones * ones)) * step <= 0.999 * limit)) return false;
        }
        return true;
    }

    // (Σ ωD s²)^½, s the relative error of φ*′ at a slope that is rounded: what the first order of the move may come to.
    double Sensitivity(double[] room)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            if (room[i] == 0) continue;
            double s = risk.Kind switch
            {
                LossKind.Poisson => 1 + ((room[i] + (2 * y[i])) / room[i]),
                LossKind.Logistic when IsShare(i) => 4 + (4 / room[i]),
                LossKind.Logistic => 2 + (2 / (1 - Math.Abs(u[i]))),
                _ => Math.Abs(u[i]) + Math.Abs(y[i]) + Math.Abs(z[i]),
            };
            sum += risk.WeightOf(i) * room[i] * s * s;
        }
        return Math.Sqrt(sum);
    }
}
