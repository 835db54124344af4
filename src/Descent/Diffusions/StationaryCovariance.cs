namespace Descent.Diffusions;

/// <summary>
/// The stationary covariance S near a minimum with Hessian A ≻ 0 and noise covariance Σ, in closed form in the eigenvectors of A: the
/// diffusion has <c>AS + SA = ηΣ</c>, SGD itself <c>AS + SA − ηASA = ηΣ</c>; so <c>S̃ᵢⱼ = ηΣ̃ᵢⱼ/(aᵢ + aⱼ)</c>
/// and <c>ηΣ̃ᵢⱼ/(aᵢ + aⱼ − ηaᵢaⱼ)</c>. One eigendecomposition and 2d⁴ operations. Source: Mandt, Hoffman and Blei 2017.
/// </summary>
public static class StationaryCovariance
{
    /// <summary>S of the diffusion, d×d by rows.</summary>
    public static double[] OfDiffusion(ReadOnlySpan<double> hessian, ReadOnlySpan<double> noise, int dimension, double eta) =>
        Solve(hessian, noise, dimension, eta, 0);

    /// <summary>S of SGD with a constant step η &lt; 2/‖A‖, d×d by rows.</summary>
    /// <exception cref="ArgumentException">SGD has no stationary law: η ≥ 2/‖A‖, or A is not positive definite.</exception>
    public static double[] OfSgd(ReadOnlySpan<double> hessian, ReadOnlySpan<double> noise, int dimension, double eta) =>
        Solve(hessian, noise, dimension, eta, eta);

    static double[] Solve(ReadOnlySpan<double> hessian, ReadOnlySpan<double> noise, int d, double eta, double second)
    {
        Guard.Length("The Hessian", d * d, hessian.Length);
        Guard.Length("The noise covariance", d * d, noise.Length);
        Guard.Positive("η", eta, nameof(StationaryCovariance));
        SymmetricEigen eigen = new(d);
        if (!eigen.Decompose(hessian))
            throw new ArgumentException("The Hessian has entries that are not finite; its eigenvectors cannot be found.");
        double least = double.PositiveInfinity, most = 0;
        foreach (double a in eigen.Values) (least, most) = (Math.Min(least, a), Math.Max(most, a));
        if (!(least > 0))
            throw new ArgumentException(
                FormattableString.Invariant($"The Hessian needs to be positive definite; its smallest eigenvalue is {least:G6}."));
        if (second > 0 && eta * most >= 2)
            throw new ArgumentException(
                FormattableString.Invariant($"SGD needs η < 2/‖A‖ = {2 / most:G6} to have a stationary law; got {eta:G6}."));
        double[] s = new double[d * d];
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
            {
                double a = eigen.Values[i], b = eigen.Values[j], rotated = 0;
                for (int k = 0; k < d; k++)
                    for (int l = 0; l < d; l++) rotated += eigen.Vector(i)[k] * noise[(k * d) + l] * eigen.Vector(j)[l];
                double entry = eta * rotated / (a + b - (second * a * b));
                for (int k = 0; k < d; k++)
                    for (int l = 0; l < d; l++) s[(k * d) + l] += entry * eigen.Vector(i)[k] * eigen.Vector(j)[l];
            }
        return s;
    }
}
