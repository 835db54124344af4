using Descent.Models.Losses;

namespace Descent.Models.Tests.Losses;

/// <summary>A loss followed down for a time, by its formula, against many small steps of the classical Runge–Kutta method and against what
/// holds of every flow.</summary>
public class FollowTests
{
    static readonly Dictionary<string, IMarginLoss> losses = new(StringComparer.Ordinal)
    {
        ["squared"] = new SquaredLoss(),
        ["logistic"] = new LogisticLoss(),
        ["hinge"] = new HingeLoss(),
        ["pinball"] = new PinballLoss(0.3, 1.5),
        ["huber"] = new HuberLoss(0.7),
        ["poisson"] = new PoissonLoss(),
    };

    public static TheoryData<string, double, double, double> Cases
    {
        get
        {
            TheoryData<string, double, double, double> data = [];
            foreach (string loss in losses.Keys)
                foreach (double y in (double[])(loss is "logistic" or "hinge" ? [0, 1] : loss == "poisson" ? [0, 3] : [-0.4, 2]))
                    foreach (double z in (double[])[-3, -0.2, 0.9, 4])
                        foreach (double c in (double[])[1e-9, 0.3, 2, 40]) data.Add(loss, z, y, c);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_formula_is_the_flow(string name, double z, double y, double c)
    {
        IMarginLoss loss = losses[name];
        const int Parts = 200_000;
        double at = 0, dt = c / Parts;
        // Kinks cost the small steps their order; what stays is a step's length.
        double allowed = name is "hinge" or "pinball" or "huber" ? 4 * dt : 1e-9;
        for (int k = 0; k < Parts; k++)
        {
            double a = loss.Derivative(z + at, y), b = loss.Derivative(z + at - (dt * a / 2), y),
                d = loss.Derivative(z + at - (dt * b / 2), y), e = loss.Derivative(z + at - (dt * d), y);
            at -= dt * (a + (2 * b) + (2 * d) + e) / 6;
        }
        Assert.Equal(at, loss.Follow(z, y, c), allowed * Math.Max(Math.Abs(at), name is "hinge" or "pinball" or "huber" ? 1 : 1e-300));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Two_times_are_one_and_none_passes_the_minimum(string name, double z, double y, double c)
    {
        IMarginLoss loss = losses[name];
        double first = loss.Follow(z, y, 0.4 * c), both = first + loss.Follow(z + first, y, 0.6 * c), once = loss.Follow(z, y, c);
        Assert.Equal(once, both, 1e-12 * (1 + Math.Abs(once)));
        // Rounding may end on the other side of a minimum, within its last places.
        Assert.True(loss.Derivative(z, y) * loss.Derivative(z + (once * (1 - 1e-12)), y) >= 0);
        Assert.True(loss.Value(z + once, y) <= loss.Value(z, y) + 1e-15);
        Assert.Equal(0, loss.Follow(z, y, 0), 0.0);
    }

    // Where e^m has left the range of doubles, or is nothing beside 1.
    [Theory]
    [InlineData(800, 3, 0)]
    [InlineData(-800, 3, 3)]
    [InlineData(40, 1e-3, 4.248354255291589e-21)]
    [InlineData(-40, 1e-12, 1e-12)]
    public void Far_logistic_margins_keep_their_digits(double m, double c, double moved) =>
        Assert.Equal(moved, new LogisticLoss().Follow(m, 1, c), 1e-14 * moved);
}
