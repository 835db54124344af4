using System.Numerics;
using Descent.Fitting.Exact;

namespace Descent.Fitting.Tests.Exact;

/// <summary>Outward-rounded arithmetic against known digits (OEIS A001113, A002162, A002392) and against exact fractions.</summary>
public class BallTests
{
    const string E = "2718281828459045235360287471352662497757247093699959574966967627724076630353547594571382178525166427427466391932003";
    const string Ln2 = "69314718055994530941723212145817656807550013436025525412068000949339362196969471560586332699641868754200148102";
    const string Ln10 =
        "2302585092994045684017991454684364207601101488628772976033327900967572609677352480235997205089598298341967784042286";

    // digits·10^−places lies in the ball, to one unit of the last digit, and the ball is narrow.
    static void Holds(string digits, int places, Ball b)
    {
        BigInteger low = (BigInteger.Parse(digits) << Ball.Bits) / BigInteger.Pow(10, places),
            unit = (BigInteger.One << Ball.Bits) / BigInteger.Pow(10, places);
        Assert.True(b.Low <= low + unit + 1 && b.High >= low);
        Assert.True(b.Rad <= BigInteger.One << 20, $"{b.Rad}");
    }

    [Fact]
    public void Exponentials_and_logarithms_hold_the_known_digits()
    {
        Holds(E, E.Length - 1, BallFunctions.Exp(Ball.One));
        Holds(Ln2, Ln2.Length, BallFunctions.Log(Ball.Of(2)));
        Holds(Ln10, Ln10.Length - 1, BallFunctions.Log(Ball.Of(10)));
        Assert.True((BallFunctions.Exp(Ball.Zero) - Ball.One).HoldsZero);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(-0.7)]
    [InlineData(1e-30)]
    [InlineData(-41.5)]
    [InlineData(170.25)]
    [InlineData(-300)]
    [InlineData(700)]
    public void The_logarithm_undoes_the_exponential(double x)
    {
        Ball back = BallFunctions.Log(BallFunctions.Exp(Ball.Of(x))), difference = back - Ball.Of(x);
        Assert.True(difference.HoldsZero);
        // e^−300 has 2⁻⁴³³ of the 512 digits left.
        Assert.True(back.Rad <= BigInteger.One << (x < -100 ? 450 : 100));
    }

    [Fact]
    public void Products_of_exponentials_agree_with_exponentials_of_sums()
    {
        for (int k = -40; k <= 40; k++)
        {
            double a = k * 0.37, b = (k * k * 0.011) - 7;
            Assert.True(
                ((BallFunctions.Exp(Ball.Of(a)) * BallFunctions.Exp(Ball.Of(b))) - BallFunctions.Exp(Ball.Of(a) + Ball.Of(b))).HoldsZero);
        }
    }

    [Fact]
    public void A_ball_argument_gives_a_ball_that_holds_the_values_at_both_ends()
    {
        Ball wide = new(Ball.Of(1.5).Mid, Ball.Of(0.25).Mid);
        foreach ((Ball whole, Ball end) in new[]
        {
            (BallFunctions.Exp(wide), BallFunctions.Exp(Ball.Of(1.25))), (BallFunctions.Exp(wide), BallFunctions.Exp(Ball.Of(1.75))),
            (wide * wide, Ball.Of(1.25, 1.25)), (wide * wide, Ball.Of(1.75, 1.75)), (Ball.One / wide, Ball.One / Ball.Of(1.25)),
            (Ball.One / wide, Ball.One / Ball.Of(1.75)),
            (wide * -3, Ball.Of(-3.75)), (wide * -3, Ball.Of(-5.25)),
        })
            Assert.True(whole.Low <= end.Low && end.High <= whole.High);
    }

    [Fact]
    public void Sums_and_products_of_doubles_are_exact()
    {
        Assert.Equal(Ball.Of(0.1, 3), Ball.Of(0.1) + Ball.Of(0.1) + Ball.Of(0.1));
        Assert.Equal(Ball.Of(0.3, 7e-5), Ball.Of(0.3) * 7e-5);
        Assert.NotEqual(Ball.Of(0.3), Ball.Of(0.1) * 3);
        // Half of the least number is below the grid and shows in the radius.
        Assert.Equal(1, (int)Ball.Of(-double.Epsilon).Rad);
        Assert.True((Ball.Of(1) / Ball.Of(3) * 3 - Ball.One).HoldsZero);
    }

    [Fact]
    public void Nothing_is_claimed_where_nothing_is_known()
    {
        Ball around = new(0, 1);
        Assert.Throws<ProofException>(() => Ball.One / around);
        Assert.Throws<ProofException>(() => BallFunctions.Log(around));
        Assert.Throws<ProofException>(() => BallFunctions.Exp(Ball.Of(2000)));
        Assert.Throws<ProofException>(() => Ball.Of(double.NaN));
        Assert.True(BallFunctions.XLogX(Ball.Zero).IsZero);
    }

    // [1 2; 2 4]c = [3 6]: the second unknown is twice the first, which only the data can say.
    [Fact]
    public void A_singular_system_is_solved_only_when_the_dependence_is_shown()
    {
        Assert.Throws<ProofException>(() => Singular().Solve(_ => false));
        Ball[] c = Singular().Solve(a => a[0] == -2 * a[1]);
        Assert.True((c[0] - Ball.Of(3)).HoldsZero);
        Assert.True(c[1].IsZero);

        static FreeDirections Singular()
        {
            FreeDirections system = new(2);
            foreach ((int i, int j, double x) in new[] { (0, 0, 1.0), (0, 1, 2), (1, 0, 2), (1, 1, 4), (0, 2, 3), (1, 2, 6) })
                system.Matrix[i, j] = Ball.Of(x);
            return system;
        }
    }

    [Theory]
    [InlineData(0.5, "5.001e-1", "1e-4", "5.0000000000000000e-1")]
    [InlineData(0.12345, "1.235e-1", "1e-4", "1.2345000000000000e-1")]
    [InlineData(99995, "1.000e5", "1e2", "9.9995000000000000e4")]
    [InlineData(0, "1e-60", "1e-60", "0")]
    [InlineData(3e-59, "3.1e-59", "1e-60", "3.0e-59")]
    public void Bounds_are_written_upwards_and_values_to_the_nearest(double x, string bound, string allowance, string nearest)
    {
        Assert.Equal((bound, allowance), BoundText.Up(Ball.Of(x)));
        Assert.Equal(nearest, BoundText.Nearest(Ball.Of(x)));
        Assert.Equal(x == 0 ? "0" : "-" + nearest, BoundText.Nearest(Ball.Of(-x)));
    }
}
