using Descent.Oracles;
using Descent.Runs;
using Descent.Testing;

namespace Descent.Tests.Runs;

public class StationarityCertificateTests
{
    // F = ½Σ cᵢwᵢ²: the Hessian is diagonal, so its spectrum is known.
    sealed class Diagonal(double[] c) : AnalyticOracle<double>(c.Length)
    {
        readonly double[] zero = new double[c.Length];

        public override double Optimum => double.NegativeInfinity;

        public override ReadOnlySpan<double> Minimiser => zero;

        public override double Smoothness => c.Max(Math.Abs);

        public override double StrongConvexity => 0;

        protected override double ValueCore(ReadOnlySpan<double> w)
        {
            double sum = 0;
            for (int i = 0; i < c.Length; i++) sum += 0.5 * c[i] * w[i] * w[i];
            return sum;
        }

        protected override double GradientCore(ReadOnlySpan<double> w, Span<double> g)
        {
            for (int i = 0; i < c.Length; i++) g[i] = c[i] * w[i];
            return ValueCore(w);
        }

        protected override void HessianCore(ReadOnlySpan<double> w, Span<double> hessian)
        {
            hessian.Clear();
            for (int i = 0; i < c.Length; i++) hessian[(i * c.Length) + i] = c[i];
        }
    }

    [Fact]
    public void Finds_the_ends_of_a_known_spectrum()
    {
        double[] c = [.. Enumerable.Range(0, 200).Select(i => 1 + (i / 100.0))];
        c[17] = -0.5;
        StationarityCertificate s = StationarityCertificate.Measure(new Diagonal(c), new double[200], 1)!;
        Assert.Equal(0, s.GradientNorm);
        Assert.Equal(-0.5, s.Smallest, 1e-10);
        Assert.InRange(s.Largest, 2.9, 2.99);
        Assert.InRange(s.Residual, 0, 1e-6);
        Assert.InRange(s.Products, 2, 41);
        Assert.True(s.IsSaddleLike);
        Assert.Contains("curves down in some direction", s.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void In_few_dimensions_the_whole_spectrum_is_met_and_the_point_counts()
    {
        StationarityCertificate s = StationarityCertificate.Measure(new Diagonal([3, 1, 2]), [1.0, 0, -1], 5)!;
        Assert.Equal(Math.Sqrt(13), s.GradientNorm, 1e-14);
        Assert.Equal(1, s.Smallest, 1e-12);
        Assert.Equal(3, s.Largest, 1e-12);
        Assert.False(s.IsSaddleLike);
    }

    // Too few products see too little: the value is then above the smallest eigenvalue, and the residual says that it is not yet one.
    [Fact]
    public void The_residual_tells_when_the_space_was_too_small()
    {
        double[] c = [.. Enumerable.Range(0, 100).Select(i => (double)i)];
        StationarityCertificate s = StationarityCertificate.Measure(new Diagonal(c), new double[100], 1, products: 3)!;
        Assert.True(s.Smallest > 1);
        Assert.True(s.Residual > 1);
        Assert.Contains(c, x => Math.Abs(x - s.Smallest) <= s.Residual);
    }

    [Fact]
    public void Says_nothing_of_what_is_not_finite() =>
        Assert.Null(StationarityCertificate.Measure(new Diagonal([1, double.NaN]), [1.0, 1], 1));
}
