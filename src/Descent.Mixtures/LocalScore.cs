using MathNet.Numerics.LinearAlgebra;

namespace Descent.Mixtures;

/// <summary>
/// Score of a Gaussian mixture in coordinates about a point: <c>π_j ∝ π⁰_j e^{α_j}</c> (α_k = 0), <c>μ_j = μ⁰_j + L_jδ_j</c>,
/// <c>Σ_j = L_j(I + E_j)(I + E_j)ᵀL_jᵀ</c> with lower triangular E_j, one E where covariances are tied, its diagonal or one number
/// where they are diagonal or spherical. At the point itself all coordinates are zero, and none depends on the units of the columns.
/// </summary>
sealed class LocalScore : ILocalScore
{
    readonly GaussianMixture model;
    readonly double[] origin, statistics, point;
    readonly Matrix<double>[] factors;
    readonly int shape, shapes;

    public LocalScore(GaussianMixture model, ReadOnlySpan<double> theta)
    {
        (this.model, origin) = (model, theta.ToArray());
        (statistics, point) = (new double[model.Statistics], new double[model.Parameters]);
        factors = [.. Enumerable.Range(0, model.Components).Select(j => CovarianceAt(origin, j).Cholesky().Factor)];
        int d = model.Dimension;
        shape = model.Shape switch
        {
            CovarianceShape.Full or CovarianceShape.Tied => d * (d + 1) / 2,
            CovarianceShape.Diagonal => d,
            _ => 1,
        };
        shapes = model.Shape == CovarianceShape.Tied ? 1 : model.Components;
    }

    /// <summary>Free coordinates: k − 1 shares, k·d means, and those of the covariances.</summary>
    public int Length => model.FreeParameters;

    int FirstMean => model.Components - 1;

    int FirstShape => FirstMean + (model.Components * model.Dimension);

    /// <summary>θ at coordinates.</summary>
    public double[] At(ReadOnlySpan<double> coordinates)
    {
        int k = model.Components, d = model.Dimension;
        double total = 0;
        for (int j = 0; j < k; j++) total += point[j] = origin[j] * (j < k - 1 ? Math.Exp(coordinates[j]) : 1);
        for (int j = 0; j < k; j++)
        {
            point[j] /= total;
            Vector<double> shift = factors[j] * Vector<double>.Build.DenseOfArray(coordinates.Slice(FirstMean + (j * d), d).ToArray());
            for (int a = 0; a < d; a++) point[k + (j * d) + a] = origin[k + (j * d) + a] + shift[a];
            Matrix<double> m = factors[j] * Stretch(coordinates, j), covariance = m * m.Transpose();
            for (int a = 0; a < d * d; a++) point[(k * (1 + d)) + (j * d * d) + a] = covariance[a / d, a % d];
        }
        return point;
    }

    /// <summary>The complete-data score at the statistics expected at other coordinates.
    /// One pass. False outside the parameter space.</summary>
    public bool Surrogate(ReadOnlySpan<double> held, ReadOnlySpan<double> coordinates, Span<double> gradient)
    {
        statistics.AsSpan().Clear();
        if (!double.IsFinite(model.Expect(At(held), 0, model.Count, statistics))) return false;
        double[] theta = At(coordinates);
        int k = model.Components, d = model.Dimension, own = 1 + d + (d * (d + 1) / 2);
        gradient.Clear();
        for (int j = 0; j < k; j++)
        {
            ReadOnlySpan<double> s = statistics.AsSpan(j * own, own);
            if (j < k - 1) gradient[j] = s[0] - (model.TotalWeight * theta[j]);
            Matrix<double> precision = CovarianceAt(theta, j).Inverse();
            Vector<double> mean = model.FromCentre(theta, j), first = Vector<double>.Build.DenseOfArray(s.Slice(1, d).ToArray());
            Vector<double> pull = factors[j].TransposeThisAndMultiply(precision * (first - (s[0] * mean)));
            for (int a = 0; a < d; a++) gradient[FirstMean + (j * d) + a] = pull[a];
            Matrix<double> scatter = Second(s, d) - first.OuterProduct(mean) - mean.OuterProduct(first) + (s[0] * mean.OuterProduct(mean));
            // dℓ = tr(G dΣ), G = ½(Σ⁻¹SΣ⁻¹ − NΣ⁻¹), and dΣ = L dE Mᵀ + its transpose: ∂ℓ/∂E = 2LᵀGM.
            Matrix<double> slope = factors[j].TransposeThisAndMultiply((precision * scatter * precision) - (s[0] * precision)) * factors[j]
                * Stretch(coordinates, j);
            AddShape(slope, gradient.Slice(FirstShape + (shapes == 1 ? 0 : j * shape), shape));
        }
        return true;
    }

    void AddShape(Matrix<double> slope, Span<double> gradient)
    {
        int d = model.Dimension;
        for (int a = 0, at = 0; a < d; a++)
        {
            if (shape == 1) gradient[0] += slope[a, a];
            else if (shape == d) gradient[a] += slope[a, a];
            else
                for (int b = 0; b <= a; b++) gradient[at++] += slope[a, b];
        }
    }

    // I + E.
    Matrix<double> Stretch(ReadOnlySpan<double> coordinates, int j)
    {
        int d = model.Dimension;
        ReadOnlySpan<double> e = coordinates.Slice(FirstShape + (shapes == 1 ? 0 : j * shape), shape);
        Matrix<double> m = Matrix<double>.Build.DenseIdentity(d);
        for (int a = 0, at = 0; a < d; a++)
        {
            if (shape == 1) m[a, a] += e[0];
            else if (shape == d) m[a, a] += e[a];
            else
                for (int b = 0; b <= a; b++) m[a, b] += e[at++];
        }
        return m;
    }

    Matrix<double> CovarianceAt(double[] theta, int j)
    {
        int d = model.Dimension;
        return Matrix<double>.Build.Dense(d, d, (a, b) => theta[(model.Components * (1 + d)) + (j * d * d) + (a * d) + b]);
    }

    static Matrix<double> Second(ReadOnlySpan<double> s, int d)
    {
        Matrix<double> m = Matrix<double>.Build.Dense(d, d);
        for (int a = 0, at = 1 + d; a < d; a++)
            for (int b = a; b < d; b++, at++) m[a, b] = m[b, a] = s[at];
        return m;
    }
}
