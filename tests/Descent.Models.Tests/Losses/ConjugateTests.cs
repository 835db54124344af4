using Descent.Models.Losses;

namespace Descent.Models.Tests.Losses;

/// <summary>
/// Conjugates by their definition: at no margin of a fine search is uz − φ(z) above φ*(u), and at u = φ′(z) the two are equal. Far slopes
/// of steep losses are among them, where a search for the margin by Newton's steps alone takes hundreds.
/// </summary>
public class ConjugateTests
{
    static readonly double[] Slopes = [-1e12, -1e8, -1e3, -1, -1e-3, -1e-9, 0, 1e-6, 0.2, 7, 1e4, 1e9];

    [Theory]
    [InlineData(1.01)]
    [InlineData(1.06)]
    [InlineData(1.3)]
    [InlineData(1.5)]
    [InlineData(1.9)]
    [InlineData(1.99)]
    public void Tweedie(double power) => Check(new TweedieLoss(power), [0, 1e-9, 1e-3, 0.4, 3, 50, 1e5]);

    [Fact]
    public void Gamma() => Check(default(GammaLoss), [1e-9, 1e-3, 0.4, 3, 1e5]);

    [Fact]
    public void Gamma_with_inverse_link() => Check(default(GammaInverseLoss), [1e-9, 1e-3, 0.4, 3, 1e5]);

    [Theory]
    [InlineData(0.01)]
    [InlineData(2)]
    [InlineData(1e4)]
    public void Negative_binomial(double theta) => Check(new NegativeBinomialLoss(theta), [0, 1, 7, 3000]);

    [Fact]
    public void Probit() => Check(default(ProbitLoss), [0, 0.3, 0.99, 1]);

    [Fact]
    public void Complementary_log_log() => Check(default(ComplementaryLogLogLoss), [0, 0.3, 0.99, 1]);

    static void Check<TLoss>(TLoss loss, double[] labels)
        where TLoss : struct, IMarginLoss
    {
        foreach (double y in labels)
        {
            for (double z = -30; z <= 30; z += 0.5) AtMargin(loss, z, y);
            foreach (double u in Slopes) AtSlope(loss, u, y);
        }
    }

    static void AtMargin<TLoss>(TLoss loss, double z, double y)
        where TLoss : struct, IMarginLoss
    {
        double u = loss.Derivative(z, y), value = loss.Value(z, y), conjugate = loss.Conjugate(u, y), size = loss.ConjugateSize(u, y);
        // A slope that is rounded to the end of its interval belongs to no margin.
        if (!double.IsFinite(value) || loss.Second(z, y) < 1e-12 * (1 + Math.Abs(u))) return;
        (double low, double high) = loss.Domain(y);
        if (!(u > low && u < high)) return;
        Assert.True(double.IsFinite(conjugate) && double.IsFinite(size), $"z {z}, y {y}, u {u}: {conjugate:R}, of size {size:R}");
        double wanted = (u * z) - value, sizes = size + Math.Abs(u * z) + (16 * loss.Sizes(z, y).Value);
        Assert.True(Math.Abs(conjugate - wanted) <= 1e-13 * sizes, $"z {z}, y {y}, u {u}: {conjugate:R}, not {wanted:R}");
    }

    static void AtSlope<TLoss>(TLoss loss, double u, double y)
        where TLoss : struct, IMarginLoss
    {
        double conjugate = loss.Conjugate(u, y), allowed = 1e-14 * loss.ConjugateSize(u, y);
        if (double.IsInfinity(conjugate)) return;
        for (double z = -200; z <= 200; z += 0.1)
        {
            double value = loss.Value(z, y), reached = (u * z) - value;
            if (double.IsFinite(value))
                Assert.True(reached <= conjugate + allowed + (1e-14 * loss.Sizes(z, y).Value),
                    $"u {u}, y {y}: {conjugate:R}, but {reached:R} at {z}");
        }
    }
}
