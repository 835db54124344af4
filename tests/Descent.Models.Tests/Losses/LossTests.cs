using System.Globalization;
using Descent.Models.Losses;

namespace Descent.Models.Tests.Losses;

/// <summary>Smooth losses of one margin against mpmath with 60 digits (curves.py), and against each other's definitions.</summary>
public class LossTests
{
    public static TheoryData<string> Lines => [.. File.ReadLines(Find("curves.csv")).Skip(1)];

    static string Find(string name)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Descent.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "tests", "Descent.Models.Tests", "Losses", name);
    }

    static IMarginLoss Make(string name, double parameter) => name switch
    {
        "probit" => new ProbitLoss(),
        "cloglog" => new ComplementaryLogLogLoss(),
        "gamma" => new GammaLoss(),
        "gamma-inverse" => new GammaInverseLoss(),
        "negative-binomial" => new NegativeBinomialLoss(parameter),
        "tweedie" => new TweedieLoss(parameter),
        _ => new InverseGaussianLoss(),
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Values_and_derivatives_are_right_to_their_last_digits(string line)
    {
        string[] cells = line.Split(',');
        double[] x = [.. cells.Skip(1).Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
        IMarginLoss loss = Make(cells[0], x[0]);
        (double y, double z) = (x[1], x[2]);
        (double value, double slope) = loss.Sizes(z, y);
        Assert.InRange(Math.Abs(loss.Value(z, y) - x[3]), 0, 16 * 2.3e-16 * value);
        Assert.InRange(Math.Abs(loss.Derivative(z, y) - x[4]), 0, 16 * 2.3e-16 * slope);
        Assert.Equal(x[5], loss.Second(z, y), (1e-11 * Math.Abs(x[5])) + 1e-300 + (loss.IsConvex ? 0 : 1e-14));
        double[] at = [z], losses = [0];
        loss.Evaluate(at, [y], losses);
        Assert.Equal((loss.Value(z, y), loss.Derivative(z, y)), (losses[0], at[0]));
        // The bounds on the curvature hold over the whole interval.
        foreach (double t in (double[])[0, 1e-3, 0.1, 1, 3])
            for (int k = -10; k <= 10; k++)
                Assert.InRange(loss.Second(z + (t * k / 10), y), loss.Curvatures(z, y, t).Least - Rest(t),
                    loss.Curvatures(z, y, t).Most + Rest(t));
        double Rest(double t) => (1e-11 * (Math.Abs(loss.Curvatures(z, y, t).Least) + Math.Abs(loss.Second(z, y)))) + 1e-300;

        if (!loss.IsConvex) return;
        // Fenchel and Young: equality at the derivative, and no z does better for another slope.
        double u = loss.Derivative(z, y), conjugate = loss.Conjugate(u, y);
        Assert.Equal((u * z) - loss.Value(z, y), conjugate, 1e-9 * (1 + Math.Abs(conjugate) + Math.Abs(u * z)));
        var (low, high) = loss.Domain(y);
        double other = Math.Clamp(0.7 * u, low, high);
        for (double t = -8; t < 8; t += 0.01)
            Assert.True((other * t) - loss.Value(t, y) <= loss.Conjugate(other, y) + (1e-9 * (1 + Math.Abs(conjugate))));
        Assert.True(loss.Least(y) <= loss.Value(z, y) + 1e-12);
    }
}
