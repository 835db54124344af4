using MathNet.Numerics.LinearAlgebra;

namespace Descent.Mixtures.Normals;

/// <summary>
/// Score of a normal law with holes by Fisher's identity: <c>μ = μ⁰ + Lδ</c>, <c>Σ = L(I + E)(I + E)ᵀLᵀ</c> with lower triangular E, LLᵀ =
/// Σ⁰, in the columns' units.
/// </summary>
sealed class MissingScore : ILocalScore
{
    readonly MissingNormalModel model;
    readonly double[] origin;
    readonly Matrix<double> factor;
    readonly int d;

    public MissingScore(MissingNormalModel model, ReadOnlySpan<double> theta)
    {
        (this.model, d, origin) = (model, model.Dimension, model.Scaled(theta));
        factor = Matrix<double>.Build.Dense(d, d, (a, b) => origin[d + (a * d) + b]).Cholesky().Factor;
    }

    public int Length => model.FreeParameters;

    public double[] At(ReadOnlySpan<double> at) => model.Given(Own(at));

    public bool Surrogate(ReadOnlySpan<double> held, ReadOnlySpan<double> at, Span<double> gradient)
    {
        double[] own = Own(at), s = new double[model.Statistics];
        if (!double.IsFinite(model.Expect(At(held), 0, model.Count, s))) return false;
        Vector<double> mean = Vector<double>.Build.Dense(d, a => own[a]), first = Vector<double>.Build.Dense(d, a => s[1 + a]);
        Matrix<double> precision = Matrix<double>.Build.Dense(d, d, (a, b) => own[d + (a * d) + b]).Inverse(),
            scatter = Matrix<double>.Build.Dense(d, d);
        for (int a = 0, i = 1 + d; a < d; a++)
            for (int b = a; b < d; b++, i++) scatter[a, b] = scatter[b, a] = s[i];
        Vector<double> pull = factor.TransposeThisAndMultiply(precision * (first - (s[0] * mean)));
        scatter += (s[0] * mean.OuterProduct(mean)) - first.OuterProduct(mean) - mean.OuterProduct(first);
        // dℓ = tr(G dΣ), G = ½(Σ⁻¹SΣ⁻¹ − NΣ⁻¹), and dΣ = L dE Mᵀ + its transpose: ∂ℓ/∂E = 2LᵀGM.
        Matrix<double> inner = (precision * scatter * precision) - (s[0] * precision);
        Matrix<double> slope = factor.TransposeThisAndMultiply(inner) * factor * Stretch(at);
        for (int a = 0, next = d; a < d; a++)
        {
            gradient[a] = pull[a];
            for (int b = 0; b <= a; b++) gradient[next++] = slope[a, b];
        }
        return true;
    }

    double[] Own(ReadOnlySpan<double> at)
    {
        double[] own = [.. origin];
        Vector<double> shift = factor * Vector<double>.Build.DenseOfArray(at[..d].ToArray());
        Matrix<double> m = factor * Stretch(at), covariance = m * m.Transpose();
        for (int a = 0; a < d; a++)
        {
            own[a] += shift[a];
            for (int b = 0; b < d; b++) own[d + (a * d) + b] = covariance[a, b];
        }
        return own;
    }

    // I + E.
    Matrix<double> Stretch(ReadOnlySpan<double> at)
    {
        Matrix<double> m = Matrix<double>.Build.DenseIdentity(d);
        for (int a = 0, next = d; a < d; a++)
            for (int b = 0; b <= a; b++) m[a, b] += at[next++];
        return m;
    }
}
