using Descent.Autodiff;
using Descent.Autodiff.Networks;
using Descent.Oracles;
using Descent.Testing;

namespace Descent.Autodiff.Tests.Networks;

public class CnnTests
{
    static readonly Cnn Net = new([10, 10, 1], [3, 4], 2);

    static double[] Images => [.. Enumerable.Range(0, 400).Select(i => Math.Sin((i * 0.37) + 0.1))];

    static double[] Start =>
        [.. Net.Layout.Blocks.SelectMany((b, k) => Enumerable.Range(0, b.Length).Select(i => 0.4 * Math.Cos((i * 1.1) + (0.2 * k))))];

    // PyTorch 1.13.0, tests/golden/torch/convolution.py.
    [Fact]
    public void Value_and_gradient_are_those_of_pytorch()
    {
        DifferentiableObjective<double> f = Net.Classifier(Images, [0, 1, 1, 0]);
        double[] g = new double[152];
        Assert.Equal(0.7976258847001996, f.Gradient(Start, g), 1e-13);
        int[] shown = [0, 13, 26, 28, 40, 90, 137, 139, 143, 151];
        double[] torch = [0.015789560831819704, -0.1169443218275553, -0.17219755796981803, 0.012223049983469663, -0.0030901982319865738,
            0.07660743528569217, 0.03950096880310664, -0.013109255669324346, -0.06920796572331776, -0.16930529292003513];
        for (int i = 0; i < shown.Length; i++) Assert.Equal(torch[i], g[shown[i]], 1e-10 * Math.Abs(torch[i]));
    }

    [Fact]
    public void Gradients_match_differences()
    {
        DifferentiableObjective<double> f = Net.Classifier(Images, [0, 1, 1, 0], 0.05);
        Assert.True(GradientCheck.Deviation((IGradientOracle<double>)f, Net.Initialise<double>(new Draws(2), Initialisation.He)) < 1e-6);
    }

    [Fact]
    public void Images_that_are_too_small_are_refused() =>
        Assert.Contains("too small for 2 layers", Assert.Throws<ArgumentException>(() => new Cnn([8, 8, 1], [3, 4], 2)).Message,
            StringComparison.Ordinal);
}
