using Descent.Models.Losses;
using Descent.Oracles;
using Descent.Runs;

namespace Descent.Models.Certificates;

// Smooth losses of which no more is known than their members: Newton's argument at the point itself, in any number of free parameters.
// With G = ∇²F(w) and ν = ‖∇F(w)‖ in the norm of G⁻¹: where the curvature along every line keeps a share q of G's over the distance 2ν/q,
// F rises again before that distance, so that it has a minimum within it, of at least F(w) − ν²/(2q). If F is convex that is inf F.
public sealed partial class RiskCertifier<T>
{
    // Entries × columns up to which the Hessian is added up in double-double arithmetic.
    const double SmallGram = 4e6;

    Local? near;

    readonly record struct Local(double Value, double Drop, double Radius);

    void Locally(double value)
    {
        near = null;
        if (!canNewton || !risk.Lasso.IsEmpty || d == 0 || Sized() is not { } factor) return;
        double lambda = factor.Rank < d ? 0 : factor.SmallestEigenvalue(gramError);
        if (!(lambda > 0)) return;
        double nu = Math.Sqrt(ScaledGradient(factor) / lambda) * 1.0001;
        if (!double.IsFinite(nu) || Share(factor, lambda, 4 * nu) is not (>= 0.5 and var share)) return;
        double drop = nu * nu / (2 * share) * 1.0001;
        near = new Local(value, drop, 2 * nu / share);
        if (!risk.IsConvex) return;
        double rounding = valueError + (4 * Unit * (Math.Abs(value) + drop));
        Consider(new Offer(value - drop - rounding, rounding, CertificateKind.StrongConvexity,
            "the Newton decrement at w, in a neighbourhood where the Hessian keeps "
            + FormattableString.Invariant($"{Math.Floor(share * 100):0} % of its curvature along every line; Cholesky factor verified")));
    }

    double gramError;

    // ∇²F(w) with columns scaled to a unit diagonal; null where it cannot be formed, or is not positive.
    Factorisation? Sized()
    {
        double[] h = new double[n];
        double[] one = [1], bent = [0];
        bool negative = false;
        for (int i = 0; i < n; i++)
        {
            risk.CurvatureAt(i, z.AsSpan(i, 1), one, bent);
            h[i] = risk.WeightOf(i) * bent[0];
            negative |= h[i] < 0;
            if (!double.IsFinite(h[i])) return null;
        }
        bool exact = (double)risk.Entries * d <= SmallGram;
        DoubleDouble[] matrix = exact ? ExactWeighted(h) : PlainWeighted(h);
        if (matrix.Length == 0) return null;
        gramError = exact ? 8.0 * (n + 8) * DoubleDouble.Epsilon : 4 * Rounding.Gamma(n + 16);
        if (negative) gramError *= Cancelled(h, matrix);
        for (int j = 0; j < d; j++) matrix[(j * d) + j] += risk.Ridge[j];
        return Factorisation.Of(matrix, d, 0);
    }

    DoubleDouble[] PlainWeighted(double[] h)
    {
        double[] gram = new double[d * d];
        return risk.AddWeightedGram(h, gram) ? [.. gram.Select(x => (DoubleDouble)x)] : [];
    }

    DoubleDouble[] ExactWeighted(double[] h)
    {
        DoubleDouble[] gram = new DoubleDouble[d * d];
        int[] columns = new int[risk.LongestRow + 1];
        double[] x = new double[columns.Length];
        for (int i = 0; i < n; i++)
        {
            int entries = risk.ReadRow(i, columns, x);
            if (risk.HasIntercept) (columns[entries], x[entries++]) = (d - 1, 1);
            for (int a = 0; a < entries; a++)
            {
                DoubleDouble t = (DoubleDouble)x[a] * h[i];
                for (int b = a; b < entries; b++) gram[(columns[a] * d) + columns[b]] += t * x[b];
            }
        }
        return gram;
    }

    // By how much what an entry is added up of exceeds what is left of the diagonal, where curvatures of both signs meet.
    double Cancelled(double[] h, DoubleDouble[] matrix)
    {
        double[] sizes = [.. h.Select(Math.Abs)];
        DoubleDouble[] whole = PlainWeighted(sizes);
        double most = 1;
        for (int j = 0; j < d; j++)
            if (matrix[(j * d) + j].Hi > 0) most = Math.Max(most, whole[(j * d) + j].Hi / matrix[(j * d) + j].Hi);
            else return double.PositiveInfinity;
        return 1.01 * most;
    }

    // ‖S∇F(w)‖², S = diag(G)^(−½), the gradient as far from 0 as the rounding of slopes, margins and sums allows.
    double ScaledGradient(Factorisation factor)
    {
        double[] size = new double[d], wrong = new double[n], sizes = new double[n];
        for (int i = 0; i < n; i++)
        {
            double omega = risk.WeightOf(i), error = MarginError(i);
            sizes[i] = omega * Math.Abs(u[i]);
            wrong[i] = omega * ((64 * Unit * risk.RoundingSizes(i, z[i]).Slope) + (risk.CurvaturesNear(i, z[i], error).Most * error));
            if (omega == 0) wrong[i] = 0;
        }
        double[] rounding = new double[d];
        risk.AdjointMagnitudes(sizes, size);
        risk.AdjointMagnitudes(wrong, rounding);
        double square = 0, sums = Rounding.Gamma(n + 16) + (2 * weightError);
        for (int j = 0; j < d; j++)
        {
            double penalty = Math.Abs(risk.Ridge[j] * w[j]),
                part = (Math.Abs(g[j]) + rounding[j]
                    + (sums * (size[j] + rounding[j])) + (4 * Unit * (penalty + size[j]))) * factor.ScaleOf(j);
            square += part * part;
        }
        return square * (1 + Rounding.Gamma(d + 8));
    }

    // What rounding may have done to a margin; filled in by ValueError.
    double MarginError(int i) => size[i];

    // The least share of pᵀGp that pᵀ∇²F(w + s p)p is, for ‖p‖ = 1 in G's norm and s ≤ reach: the margin of row i moves by at most
    // s‖xᵢ‖ in the norm of G⁻¹. Row by row in proportion, or all that the rows may lose together; the better of the two.
    double Share(Factorisation factor, double lambda, double reach)
    {
        int[] columns = new int[risk.LongestRow];
        double[] x = new double[columns.Length], one = [1], bent = [0];
        double ones = risk.HasIntercept ? factor.ScaleOf(d - 1) : 0, least = 1, lost = 0;
        for (int i = 0; i < n; i++)
        {
            double omega = risk.WeightOf(i);
            if (omega == 0) continue;
            int entries = risk.ReadRow(i, columns, x);
            double norm = ones * ones;
            for (int e = 0; e < entries; e++) norm += x[e] * x[e] * factor.ScaleOf(columns[e]) * factor.ScaleOf(columns[e]);
            double length = Math.Sqrt(norm / lambda) * 1.0001;
            risk.CurvatureAt(i, z.AsSpan(i, 1), one, bent);
            double kept = risk.CurvaturesNear(i, z[i], (reach * length) + MarginError(i)).Least, had = bent[0];
            double loss = Math.Max(0, had - kept) + (1e-9 * Math.Abs(had));
            lost += omega * loss * length * length;
            least = had > 0 ? Math.Min(least, (had - loss) / had) : loss > 0 ? 0 : least;
        }
        return Math.Max(Math.Max(0, least), 1 - lost);
    }

    // Of an objective that is not convex nothing is known far away: what is proved is the local minimum next to w.
    Certificate JudgeLocally(double value, double error, double norm)
    {
        if (near is not { } found || found.Value != value)
            return new Certificate(value, norm, double.NegativeInfinity, CertificateKind.None,
                "F is not convex, and w is not proved to lie next to a local minimum. "
                    + FormattableString.Invariant($"The gradient norm is {norm:G4}."));
        double lost = found.Drop + error + (4 * Unit * Math.Abs(value));
        return new Certificate(value, norm, value - lost, CertificateKind.LocalMinimum,
            "the Newton decrement at w, in a neighbourhood where the Hessian keeps half of its curvature, Cholesky factor "
                + "verified; F is not convex, so that this minimum need not be the least")
        {
            Allowance = Math.Min(lost, 2 * error),
        };
    }
}
