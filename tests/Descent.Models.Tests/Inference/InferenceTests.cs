using Descent.Models.Inference;

namespace Descent.Models.Tests.Inference;

public class InferenceTests
{
    // R: 2*pnorm(-1.96), 2*pt(-2.5, 7), qt(0.975, 7).
    [Fact]
    public void Statistics_equal_those_of_R()
    {
        Coefficient z = WaldInference.Line("a", 1.96, 1, null), t = WaldInference.Line("b", 2.5, 1, 7);
        Assert.Equal(0.04999579, z.PValue, 1e-8);
        Assert.Equal(0.0409922186, t.PValue, 1e-9);
        Assert.Equal(2.5 - 2.364624, t.Low, 1e-5);
    }
}
