using Descent.Oracles;

namespace Descent.Runs;

/// <summary>
/// What is known of a point of an objective that need not be convex: <c>‖∇F(w)‖</c> and the ends of the spectrum of <c>∇²F(w)</c> as a
/// random Krylov space sees them. A point with <c>‖∇F‖ ≤ α</c> and <c>∇²F ⪰ −βI</c> is (α, β)-second-order stationary.
/// </summary>
/// <param name="GradientNorm">α = ‖∇F(w)‖.</param>
/// <param name="Smallest">Smallest Ritz value θ: never below the smallest eigenvalue, apart from rounding.</param>
/// <param name="Largest">Largest Ritz value: never above the largest eigenvalue, apart from rounding.</param>
/// <param name="Residual">‖∇²F y − θy‖ of the unit Ritz vector y, measured by a product of its own:
/// an eigenvalue lies within it of θ.</param>
/// <param name="Products">Hessian products spent.</param>
/// <remarks>
/// The one thing that is not proved is that no smaller eigenvalue hides from a random start;
/// the chance falls exponentially with the number of products (Kuczyński and Woźniakowski 1992).
/// Source: the notes on non-convex objectives, M25 and M26; the Ritz residual is Golub and Van Loan 2013, 8.1.
/// </remarks>
public sealed record StationarityCertificate(double GradientNorm, double Smallest, double Largest, double Residual, int Products)
{
    /// <summary>True when a direction of negative curvature was found: an eigenvalue is proved to lie below zero.</summary>
    public bool IsSaddleLike => Smallest + Residual < 0;

    /// <summary>The certificate in words.</summary>
    public string Sentence
    {
        get
        {
            string head = FormattableString.Invariant($"‖∇F‖ = {GradientNorm:G3}; smallest Hessian eigenvalue met {Smallest:G3} ± ")
                + FormattableString.Invariant($"{Residual:G2} (largest {Largest:G3}, {Products} Hessian products)");
            return IsSaddleLike
                ? FormattableString.Invariant($"{head}: as far as a random Krylov space sees, (α, β)-second-order stationary with α = ")
                    + FormattableString.Invariant($"{GradientNorm:G3}, β = {Residual - Smallest:G3}; F still curves down in some direction")
                : head + ": no direction in which F curves down was found";
        }
    }

    /// <summary>Measures a point. Costs a full gradient and at most <paramref name="products"/> + 1 Hessian products;
    /// memory (products + 6) d doubles. Deterministic for a seed.</summary>
    /// <typeparam name="T">Element type of the oracle.</typeparam>
    /// <param name="oracle">The objective.</param>
    /// <param name="w">The point, d numbers.</param>
    /// <param name="seed">Seed of the start vector.</param>
    /// <param name="products">Most Lanczos steps, at least 1.</param>
    /// <returns>The certificate; null when the gradient or a product is not finite, or there are no parameters.</returns>
    public static StationarityCertificate? Measure<T>(IHessianOracle<T> oracle, ReadOnlySpan<T> w, ulong seed, int products = 40)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(oracle);
        Guard.Length("The point", oracle.Dimension, w.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(products, 1);
        int d = w.Length;
        T[] g = new T[d];
        if (d == 0 || !double.IsFinite(oracle.Gradient(w, g))) return null;
        double[] vector = new double[d], image = new double[d];
        Vectors.Convert<T, double>(g, image);
        double norm = Vectors.Norm<double>(image);
        Hessian<T> hessian = new(oracle, w.ToArray());

        Draws draws = new(seed);
        for (int i = 0; i < d; i++) vector[i] = draws.NextNormal();
        Lanczos lanczos = new(d, products);
        lanczos.Begin(vector);
        do hessian.Apply(lanczos.Vector(lanczos.Count), lanczos.Product);
        while (lanczos.Step());

        int k = lanczos.Count;
        double[] matrix = new double[k * k];
        lanczos.Tridiagonal(matrix, k);
        SymmetricEigen eigen = new(k);
        if (!double.IsFinite(norm) || !eigen.Decompose(matrix)) return null;
        Array.Clear(vector);
        for (int i = 0; i < k; i++) Vectors.AddScaled(eigen.Vector(0)[i], lanczos.Vector(i), vector.AsSpan());
        Vectors.Scale(1 / Vectors.Norm<double>(vector), vector.AsSpan());
        hessian.Apply(vector, image);
        Vectors.AddScaled(-eigen.Values[0], vector, image.AsSpan());
        return new StationarityCertificate(norm, eigen.Values[0], eigen.Values[k - 1], Vectors.Norm<double>(image), k + 1);
    }

    sealed class Hessian<T>(IHessianOracle<T> oracle, T[] w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] direction = new T[w.Length], product = new T[w.Length];

        public void Apply(ReadOnlySpan<double> v, Span<double> hv)
        {
            Vectors.Convert<double, T>(v, direction);
            oracle.HessianProduct(w, direction, product);
            Vectors.Convert<T, double>(product, hv);
        }
    }
}
