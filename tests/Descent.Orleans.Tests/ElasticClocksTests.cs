namespace Descent.Orleans.Tests;

public class ElasticClocksTests
{
    [Fact]
    public void A_call_whose_answer_is_lost_may_be_made_again()
    {
        ElasticClocks clocks = new(3, 1);
        Assert.Equal(0, clocks.Round);
        clocks.Join(0);
        ClockAnswer second = clocks.Join(0);
        Assert.Equal(new ClockAnswer(true, 0, 2), second);
        clocks.Join(1);
        Assert.Equal(1, clocks.Finish(0, 2, 1).Clock);
        Assert.Equal(1, clocks.Finish(0, 2, 1).Clock);
        Assert.True(clocks.MayCompute(0, 2).May);
        Assert.False(clocks.Finish(0, 2, 2).May);
        Assert.Equal(0, clocks.Round);
        clocks.Leave(1);
        clocks.Leave(1);
        Assert.Equal((true, 2), (clocks.MayCompute(0, 2).May, clocks.Round));
    }

    [Fact]
    public void With_nobody_present_a_round_that_has_ended_does_not_begin_again()
    {
        ElasticClocks clocks = new(2, 0);
        clocks.Join(0);
        for (int k = 1; k <= 4; k++) clocks.Finish(0, 1, k);
        clocks.Leave(0);
        Assert.Equal(4, clocks.Round);
        Assert.Equal(new ClockAnswer(true, 4, 1), clocks.Join(1));
    }

    [Fact]
    public void An_earlier_life_is_refused_and_what_was_dropped_comes_back_by_itself()
    {
        ElasticClocks clocks = new(2, 1);
        clocks.Join(0);
        clocks.Join(1);
        clocks.Drop(1);
        for (int k = 1; k <= 5; k++) clocks.Finish(0, 1, k);
        Assert.Equal(new ClockAnswer(true, 5, 1), clocks.MayCompute(1, 1));
        clocks.Leave(1);
        Assert.False(clocks.MayCompute(1, 1).May);
        clocks.Join(1);
        Assert.Throws<InvalidOperationException>(() => clocks.Finish(1, 1, 6));
    }
}
