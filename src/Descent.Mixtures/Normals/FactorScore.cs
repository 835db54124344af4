using Descent.Mixtures.Laws;
using MathNet.Numerics.LinearAlgebra;

namespace Descent.Mixtures.Normals;

/// <summary>
/// Score of a factor model by Fisher's identity, in the model's own units: means, the lower triangle of loadings that are rotated to be
/// lower triangular, logarithms of the unique variances (one where they are equal).
/// </summary>
sealed class FactorScore : ILocalScore
{
    readonly FactorModel model;
    readonly double[] origin;
    readonly int d, q, loadings;

    public FactorScore(FactorModel model, ReadOnlySpan<double> theta)
    {
        (this.model, d, q) = (model, model.Dimension, model.FactorCount);
        loadings = (d * q) - (q * (q - 1) / 2);
        origin = model.Scaled(theta);
        // Λ = LQᵀ with L lower triangular: Λᵀ = QLᵀ is a QR factor of the transpose.
        Matrix<double> all = Matrix<double>.Build.Dense(d, q, (c, j) => origin[d + (c * q) + j]), head = all.SubMatrix(0, q, 0, q);
        Matrix<double> rotated = all * head.Transpose().QR().Q;
        for (int c = 0; c < d; c++)
            for (int j = 0; j < q; j++) origin[d + (c * q) + j] = j > c ? 0 : rotated[c, j];
    }

    public int Length => model.FreeParameters;

    public double[] At(ReadOnlySpan<double> at) => model.Given(Own(at));

    public bool Surrogate(ReadOnlySpan<double> held, ReadOnlySpan<double> at, Span<double> gradient)
    {
        double[] own = Own(at), statistics = new double[model.Statistics];
        if (!double.IsFinite(model.Expect(At(held), 0, model.Count, statistics))) return false;
        gradient.Clear();
        int packed = NormalEquations.Length(q + 1), next = d;
        double[] line = new double[q + 1];
        for (int c = 0; c < d; c++)
        {
            ReadOnlySpan<double> products = statistics.AsSpan(packed + (c * (q + 2)), q + 2);
            double unique = own[(d * (1 + q)) + c], left = products[q + 1];
            line[0] = own[c];
            own.AsSpan(d + (c * q), q).CopyTo(line.AsSpan(1));
            for (int j = 0; j <= q; j++)
            {
                double fitted = 0;
                for (int k = 0; k <= q; k++) fitted += Second(statistics, j, k) * line[k];
                // R = Σ(x − line·u)², and −½ of its slope along the line.
                left += line[j] * (fitted - (2 * products[j]));
                double pull = (products[j] - fitted) / unique;
                if (j == 0) gradient[c] = pull;
                else if (j <= c + 1) gradient[next++] = pull;
            }
            gradient[d + loadings + (model.IsIsotropic ? 0 : c)] += 0.5 * ((left / unique) - statistics[0]);
        }
        return true;
    }

    static double Second(double[] statistics, int j, int k) => statistics[(Math.Max(j, k) * (Math.Max(j, k) + 1) / 2) + Math.Min(j, k)];

    double[] Own(ReadOnlySpan<double> at)
    {
        double[] own = [.. origin];
        int next = d;
        for (int c = 0; c < d; c++)
        {
            own[c] += at[c];
            for (int j = 0; j < q && j <= c; j++) own[d + (c * q) + j] += at[next++];
            own[(d * (1 + q)) + c] *= Math.Exp(at[d + loadings + (model.IsIsotropic ? 0 : c)]);
        }
        return own;
    }
}
