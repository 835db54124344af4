using Descent.Models.Losses;
namespace Descent.Models.Certificates;

// A free intercept asks for Σ ω u = 0 exactly.
public sealed partial class RiskCertifier<T>
{
    bool HasReference => risk is { Kind: LossKind.Softmax } && risk.Options.L2 == 0 && risk.Options.L1 == 0;

    // One Newton step in the intercepts alone, (Σ ωD) c = v_b, applied to the dual: u ← u − D c. What rounding leaves of Σ ωu is then,
    // with one output, taken from one side in proportion, known to the relative error given back;
    // with several it is removed in thought by another −D c, |c| at most the number returned; ∞ where that fails.
    double CorrectIntercepts(out double relative)
    {
        int count = k > 1 && !HasReference ? k - 1 : k;
        double[] c = new double[k], bent = new double[k];
        relative = 0;
        if (k == 1) return CorrectIntercept(out relative);
        Cholesky factor = new(count);
        // A loss without curvature gives no Newton step; balancing alone then makes the point feasible.
        if (factor.Factor(InterceptGram(count, (i, unit, result) => risk.CurvatureAt(i, z.AsSpan(i * k, k), unit, result))))
        {
            factor.Solve(v.AsSpan(d - k, count), c.AsSpan(0, count));
            for (int i = 0; i < n; i++)
            {
                risk.CurvatureAt(i, z.AsSpan(i * k, k), c, bent);
                for (int a = 0; a < k; a++) candidate[(i * k) + a] -= bent[a];
            }
            OwnFromOthers();
        }
        return Remaining(count);
    }

    // The same for the one intercept of one output, the curvatures kept instead of asked twice.
    double CorrectIntercept(out double relative)
    {
        double sum = 0;
        Span<double> one = [1], bent = [0];
        for (int i = 0; i < n; i++)
        {
            risk.CurvatureAt(i, z.AsSpan(i, 1), one, bent);
            bends[i] = bent[0];
            sum += risk.WeightOf(i) * bent[0];
        }
        double c = sum > 0 ? v[d - 1] / sum : 0;
        for (int i = 0; double.IsFinite(c) && i < n; i++) candidate[i] -= c * bends[i];
        relative = Balance();
        return 0;
    }

    double[] InterceptGram(int count, Action<int, double[], double[]> curvature)
    {
        double[] gram = new double[count * count], unit = new double[k], column = new double[k];
        for (int i = 0; i < n; i++)
        {
            double omega = risk.WeightOf(i);
            for (int b = 0; b < count; b++)
            {
                unit[b] = 1;
                curvature(i, unit, column);
                unit[b] = 0;
                for (int a = 0; a <= b; a++) gram[(a * count) + b] += omega * column[a];
            }
        }
        return gram;
    }

    // |c| of the step that would make Σ ωu vanish, by a verified factor of Σ ω(diag p − ppᵀ) at the candidate's own probabilities.
    double Remaining(int count)
    {
        double[] gram = InterceptGram(count, Spread);
        double trace = 0, square = 0;
        for (int a = 0; a < count; a++) trace += gram[(a * count) + a];
        double rounding = (Rounding.Gamma(n + k + 16) + weightError) * 4;
        for (int a = 0; a < count; a++)
        {
            double sum = 0, carry = 0, size = 0;
            for (int i = 0; i < n; i++)
            {
                double term = risk.WeightOf(i) * candidate[(i * k) + a];
                Add(ref sum, ref carry, term);
                size += Math.Abs(term);
            }
            double left = Math.Abs(sum + carry) + (((2 * weightError) + (Rounding.Gamma(2) * (k + 2))) * size * 1.001) + 1e-300;
            square += left * left / Math.Max(gram[(a * count) + a], 1e-300);
        }
        Cholesky trial = new(count);
        double least = double.PositiveInfinity;
        for (int a = 0; a < count; a++) least = Math.Min(least, gram[(a * count) + a]);
        double shift = count * (rounding * trace / Math.Max(least, 1e-300) + Rounding.Gamma(count + 8));
        for (double lambda = 0.5; lambda > 1e-9; lambda /= 8)
        {
            if (!(shift < 1) || !trial.Factor(gram, -(lambda + shift))) continue;
            double c = Math.Sqrt(square / least) / lambda * 1.001;
            return c <= 0.25 ? c : double.PositiveInfinity;
        }
        return double.PositiveInfinity;
    }

    // (diag p − ppᵀ) x with p = u + e_y of the candidate.
    void Spread(int i, double[] x, double[] result)
    {
        int own = OwnOf(i);
        double mean = 0;
        for (int a = 0; a < k; a++)
        {
            result[a] = Math.Max(0, candidate[(i * k) + a] + (a == own ? 1 : 0));
            mean += result[a] * x[a];
        }
        for (int a = 0; a < k; a++) result[a] *= x[a] - mean;
    }

    // Both sides of Σ ωu = 0 have one sign each, so that their sums, compensated, are known to a few units in the last place.
    // Without branches: which sign comes next is not foreseeable.
    double Balance()
    {
        for (int pass = 0; pass < 2; pass++)
        {
            double plus = 0, minus = 0, plusCarry = 0, minusCarry = 0;
            for (int i = 0; i < n; i++)
            {
                double a = risk.WeightOf(i) * candidate[i];
                Add(ref plus, ref plusCarry, Math.Max(a, 0));
                Add(ref minus, ref minusCarry, Math.Max(-a, 0));
            }
            (plus, minus) = (plus + plusCarry, minus + minusCarry);
            if (plus == 0 || minus == 0)
            {
                Array.Clear(candidate);
                return 0;
            }
            double shrink = Math.Min(plus, minus) / Math.Max(plus, minus);
            if (plus > minus)
                for (int i = 0; i < n; i++) candidate[i] = Math.Min(candidate[i], candidate[i] * shrink);
            else
                for (int i = 0; i < n; i++) candidate[i] = Math.Max(candidate[i], candidate[i] * shrink);
        }
        return 6 * Unit;
    }
}
