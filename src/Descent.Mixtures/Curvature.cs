using Descent.Latent;
using Descent.Mixtures.Search;
using MathNet.Numerics.LinearAlgebra;

namespace Descent.Mixtures;

/// <summary>
/// Certificate of a point from central differences of its score: observed information, and errors of quantities by the delta method.
/// </summary>
static class Curvature
{
    // Step of the differences of the score, in coordinates without units: its square and rounding over it are both about 1e-10.
    const double Step = 1e-5;

    // The longest Newton step, in coordinates without units, that ends where the Hessian still speaks of: near a maximum it is next to
    // nothing, and where a parameter runs to the edge of its range it stays at 1.
    const double Near = 0.05;

    // Coordinates beyond which the Hessian, one pass over the rows each way, is not computed.
    const int MostCurved = 500;

    /// <summary>One gradient, and two for each coordinate where there are at most 500.</summary>
    public static LocalCertificate Certify(ILocalScore score, Func<double[], double[]> quantities) =>
        Certify(score, quantities, () => Hessian(score));

    /// <summary>The same with the observed information by supplemented EM: four passes a coordinate.</summary>
    public static LocalCertificate Supplement(ILatentModel model, ILocalScore score, Func<double[], double[]> quantities) =>
        Certify(score, quantities, () => SupplementedInformation.Hessian(model, score));

    static LocalCertificate Certify(ILocalScore score, Func<double[], double[]> quantities, Func<Matrix<double>?> curvature)
    {
        int p = score.Length;
        double[] at = new double[p], gradient = new double[p], values = quantities([.. score.At(at)]);
        if (!score.Gradient(at, gradient)) return new LocalCertificate(double.NaN, double.NaN, double.NaN, [], values);
        double norm = Vector<double>.Build.DenseOfArray(gradient).L2Norm();
        if (p > MostCurved || curvature() is not { } raw) return new LocalCertificate(norm, double.NaN, double.NaN, [], values);
        Matrix<double> hessian = (raw + raw.Transpose()) / 2;
        double largest = hessian.Evd(Symmetricity.Symmetric).EigenValues.Max(v => v.Real);
        // Exact second derivatives are symmetric: what is not is the error of the differences.
        if (!(largest < -(raw - raw.Transpose()).FrobeniusNorm())) return new LocalCertificate(norm, largest, double.NaN, [], values);
        Matrix<double> covariance = (-hessian).Inverse();
        Vector<double> g = Vector<double>.Build.DenseOfArray(gradient);
        Vector<double> step = covariance * g;
        if (!(step.AbsoluteMaximum() <= Near)) return new LocalCertificate(norm, largest, double.NaN, [], values);
        return new LocalCertificate(norm, largest, 0.5 * g.DotProduct(step), Errors(score, quantities, covariance), values);
    }

    static Matrix<double>? Hessian(ILocalScore score)
    {
        int p = score.Length;
        double[] at = new double[p], up = new double[p], down = new double[p];
        Matrix<double> h = Matrix<double>.Build.Dense(p, p);
        for (int i = 0; i < p; i++)
        {
            at[i] = Step;
            bool inside = score.Gradient(at, up);
            at[i] = -Step;
            inside &= score.Gradient(at, down);
            at[i] = 0;
            if (!inside) return null;
            for (int j = 0; j < p; j++) h[i, j] = (up[j] - down[j]) / (2 * Step);
        }
        return h;
    }

    // The delta method: errors of quantities whose derivatives along the coordinates are differences.
    static double[] Errors(ILocalScore score, Func<double[], double[]> quantities, Matrix<double> covariance)
    {
        int p = score.Length;
        double[] at = new double[p];
        List<Vector<double>> slopes = [];
        for (int i = 0; i < p; i++)
        {
            at[i] = Step;
            double[] up = [.. quantities(score.At(at))];
            at[i] = -Step;
            double[] down = [.. quantities(score.At(at))];
            at[i] = 0;
            slopes.Add(Vector<double>.Build.Dense(up.Length, q => (up[q] - down[q]) / (2 * Step)));
        }
        Matrix<double> j = Matrix<double>.Build.DenseOfColumnVectors(slopes), c = j * covariance * j.Transpose();
        return [.. c.Diagonal().Select(v => Math.Sqrt(Math.Max(v, 0)))];
    }
}
