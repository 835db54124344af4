using Descent.StepSizes;

namespace Descent.Tests.StepSizes;

public class ScheduleTests
{
    static double At(IStepSize s, long t) => s.Next(new StepInfo(t));

    [Fact]
    public void Schedules_take_their_closed_forms()
    {
        Assert.Equal(0.3, At(new Constant(0.3), 99));
        Assert.Equal(0.75, At(new Linear(1, 0, 4), 1));
        Assert.Equal(0, At(new Linear(1, 0, 4), 9));
        Assert.Equal(0.25, At(new InverseTime(1, 0.5), 6));
        Assert.Equal(Math.Exp(-2), At(new Exponential(1, 0.5), 4), 1e-15);
        Assert.Equal(0.5, At(new Power(1, 0.5), 3));
        Assert.Equal(0.125, At(new Power(1, 1.5), 3), 1e-15);
        Assert.Equal(0.01, At(new StepDecay(1, 10, 30), 60), 1e-15);
        Assert.Equal(1, At(new StepDecay(1, 10, 30), 29));
        Assert.Equal(0.55, At(new Cosine(1, 0.1, 10), 5), 1e-15);
        Assert.Equal(0.1, At(new Cosine(1, 0.1, 10), 10), 1e-15);
        Assert.Equal(1.0 / 102, At(new StronglyConvex(0.5, 100), 4), 1e-15);
    }

    [Fact]
    public void Warm_up_reaches_the_first_value_at_the_seam()
    {
        WarmUp s = new(4, new Cosine(2, 0, 10));
        Assert.Equal(0.5, At(s, 0));
        Assert.Equal(2, At(s, 3));
        Assert.Equal(2, At(s, 4));
        Assert.Equal(1, At(s, 9), 1e-15);
    }

    [Fact]
    public void Strongly_convex_steps_begin_at_one_over_H() => Assert.Equal(0.01, At(new StronglyConvex(0.5, 100), 0), 1e-15);
}
