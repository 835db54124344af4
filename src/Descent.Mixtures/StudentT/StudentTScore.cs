using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Descent.Mixtures.StudentT;

/// <summary>
/// Score of a mixture of Student-t laws in coordinates about a point: those of <see cref="LocalScore"/> with full matrices, and
/// <c>ν_j = ν⁰_j e^{γ_j}</c> for those that are not at the end of their range, where the law is as good as normal.
/// </summary>
sealed class StudentTScore : ILocalScore
{
    readonly StudentTMixture model;
    readonly double[] origin, statistics, point;
    readonly Matrix<double>[] factors;
    readonly int k, d, packed;
    readonly int[] tails;

    public StudentTScore(StudentTMixture model, ReadOnlySpan<double> theta)
    {
        (this.model, origin, k, d) = (model, theta.ToArray(), model.Components, model.Dimension);
        packed = d * (d + 1) / 2;
        tails = [.. Enumerable.Range(0, k).Where(j => !model.IsNormal(origin, j))];
        (statistics, point) = (new double[model.Statistics], new double[model.Parameters]);
        factors = [.. Enumerable.Range(0, k).Select(j => ScatterAt(origin, j).Cholesky().Factor)];
    }

    public int Length => FirstTail + tails.Length;

    int FirstMean => k - 1;

    int FirstShape => FirstMean + (k * d);

    int FirstTail => FirstShape + (k * packed);

    public double[] At(ReadOnlySpan<double> coordinates)
    {
        double total = 0;
        for (int j = 0; j < k; j++) total += point[j] = origin[j] * (j < k - 1 ? Math.Exp(coordinates[j]) : 1);
        for (int j = 0; j < k; j++)
        {
            point[j] /= total;
            Vector<double> shift = factors[j] * Vector<double>.Build.DenseOfArray(coordinates.Slice(FirstMean + (j * d), d).ToArray());
            for (int a = 0; a < d; a++) point[k + (j * d) + a] = origin[k + (j * d) + a] + shift[a];
            Matrix<double> m = factors[j] * Stretch(coordinates, j), scatter = m * m.Transpose();
            for (int a = 0; a < d * d; a++) point[(k * (1 + d)) + (j * d * d) + a] = scatter[a / d, a % d];
            point[^(k - j)] = origin[^(k - j)];
        }
        for (int t = 0; t < tails.Length; t++) point[^(k - tails[t])] *= Math.Exp(coordinates[FirstTail + t]);
        return point;
    }

    public bool Surrogate(ReadOnlySpan<double> held, ReadOnlySpan<double> coordinates, Span<double> gradient)
    {
        statistics.AsSpan().Clear();
        if (!double.IsFinite(model.Expect(At(held), 0, model.Count, statistics))) return false;
        double[] theta = At(coordinates);
        int own = statistics.Length / k;
        for (int j = 0; j < k; j++)
        {
            ReadOnlySpan<double> s = statistics.AsSpan(j * own, own);
            if (j < k - 1) gradient[j] = s[0] - (model.TotalWeight * theta[j]);
            Matrix<double> precision = ScatterAt(theta, j).Inverse();
            Vector<double> mean = Vector<double>.Build.Dense(d, a => model.FromCentre(theta, j, a));
            Vector<double> first = Vector<double>.Build.DenseOfArray(s.Slice(3, d).ToArray());
            Vector<double> pull = factors[j].TransposeThisAndMultiply(precision * (first - (s[1] * mean)));
            for (int a = 0; a < d; a++) gradient[FirstMean + (j * d) + a] = pull[a];
            Matrix<double> scatter = Second(s) - first.OuterProduct(mean) - mean.OuterProduct(first) + (s[1] * mean.OuterProduct(mean));
            // As for a normal law: ∂ℓ/∂E = Lᵀ(Σ⁻¹SΣ⁻¹ − NΣ⁻¹)M, M = L(I + E).
            Matrix<double> slope = factors[j].TransposeThisAndMultiply((precision * scatter * precision) - (s[0] * precision))
                * factors[j] * Stretch(coordinates, j);
            for (int a = 0, at = FirstShape + (j * packed); a < d; a++)
                for (int b = 0; b <= a; b++) gradient[at++] = slope[a, b];
            if (Array.IndexOf(tails, j) is not (>= 0 and var tail)) continue;
            double half = theta[^(k - j)] / 2;
            gradient[FirstTail + tail] = half * ((s[0] * (Math.Log(half) + 1 - SpecialFunctions.DiGamma(half))) + s[2] - s[1]);
        }
        return true;
    }

    // I + E.
    Matrix<double> Stretch(ReadOnlySpan<double> coordinates, int j)
    {
        Matrix<double> m = Matrix<double>.Build.DenseIdentity(d);
        for (int a = 0, at = FirstShape + (j * packed); a < d; a++)
            for (int b = 0; b <= a; b++) m[a, b] += coordinates[at++];
        return m;
    }

    Matrix<double> ScatterAt(double[] theta, int j) =>
        Matrix<double>.Build.Dense(d, d, (a, b) => theta[(k * (1 + d)) + (j * d * d) + (a * d) + b]);

    Matrix<double> Second(ReadOnlySpan<double> s)
    {
        Matrix<double> m = Matrix<double>.Build.Dense(d, d);
        for (int a = 0, at = 3 + d; a < d; a++)
            for (int b = 0; b <= a; b++, at++) m[a, b] = m[b, a] = s[at];
        return m;
    }
}
