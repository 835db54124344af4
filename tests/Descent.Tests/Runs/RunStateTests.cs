using Descent.Runs;

namespace Descent.Tests.Runs;

/// <summary>The state of a run as bytes: what was kept comes back, and nothing else is taken for it.</summary>
public class RunStateTests
{
    static RunState Some()
    {
        RunState state = new();
        StateSaver saver = new(state);
        double x = -0.0;
        long n = long.MinValue;
        bool yes = true;
        TimeSpan time = TimeSpan.FromMilliseconds(1.5);
        string words = "ΔF ≤ ½";
        saver.Buffer<float>("w", [1, float.NaN, 3]);
        saver.Buffer<double>("empty", []);
        saver.Number("x", ref x);
        saver.Number("n", ref n);
        saver.Flag("yes", ref yes);
        saver.Time("time", ref time);
        saver.Words("words", ref words);
        return state;
    }

    [Fact]
    public void What_was_kept_comes_back_to_the_bit()
    {
        StateRestorer restorer = new(RunState.FromBytes(Some().ToBytes()));
        float[] w = new float[3];
        double x = 5;
        long n = 5;
        bool yes = false;
        TimeSpan time = default;
        string words = "";
        restorer.Buffer<float>("w", w);
        restorer.Number("x", ref x);
        restorer.Number("n", ref n);
        restorer.Flag("yes", ref yes);
        restorer.Time("time", ref time);
        restorer.Words("words", ref words);
        Assert.Equal([1, float.NaN, 3], w);
        Assert.True(double.IsNegative(x) && x == 0);
        Assert.Equal((long.MinValue, true, 15_000, "ΔF ≤ ½"), (n, yes, time.Ticks, words));
    }

    [Fact]
    public void Nothing_else_is_taken_for_a_state()
    {
        byte[] bytes = Some().ToBytes();
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<FormatException>(() => RunState.FromBytes(bytes.AsSpan(0, length)));
        Assert.Throws<FormatException>(() => RunState.FromBytes([.. bytes, 0]));
        byte[] huge = [.. bytes];
        (huge[8], huge[9], huge[10], huge[11]) = (255, 255, 255, 127);
        Assert.Throws<FormatException>(() => RunState.FromBytes(huge));
    }

    [Fact]
    public void A_piece_that_is_missing_or_of_another_size_is_said()
    {
        StateRestorer restorer = new(Some());
        double x = 0;
        Assert.Contains("'y'", Assert.Throws<FormatException>(() => restorer.Number("y", ref x)).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => restorer.Buffer<float>("w", new float[4]));
        Assert.Throws<FormatException>(() => restorer.Buffer<int>("x", new int[2 / 1]));
        Assert.Throws<InvalidOperationException>(() => new StateSaver(Some()).Number("x", ref x));
    }

    // A checkpoint that says of itself that a hundred million letters follow asks for none of them.
    [Theory]
    [InlineData(100_000_000)]
    [InlineData(8)]
    public void A_length_is_held_against_what_is_there_before_room_is_made(long claimed)
    {
        RunState state = new();
        IStateVisitor part = new PrefixedVisitor(new StateSaver(state), "part.");
        part.Number("words.length", ref claimed);
        part.Buffer<char>("words", "seven l".ToCharArray());
        string words = "";
        long before = GC.GetAllocatedBytesForCurrentThread();
        string said = Assert.Throws<FormatException>(() => new PrefixedVisitor(new StateRestorer(state), "part.").Words("words", ref words))
            .Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal($"It holds 14 bytes of 'part.words', and the method keeps {2 * claimed}.", said);
    }

    [Fact]
    public void A_trace_comes_back_with_all_its_numbers()
    {
        List<TracePoint> trace = [new(long.MaxValue, 3, 0.5, 1e-9, double.NaN, 2, -0.0, double.NegativeInfinity) { Distance = 4 },
            new(1, 2, 3, 4, 5, 6, 7, 8) { Sums = new(9, 10, 11, 12, 13) }], back = [new(0, 0, 0, 0, 0, 0, 0, 0)];
        RunState state = new();
        new StateSaver(state).Points("t", trace);
        new StateRestorer(state).Points("t", back);
        Assert.Equal(trace, back);
    }

    [Fact]
    public void Intervals_of_checkpoints_have_a_range()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoints { EverySteps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoints { EveryEpochs = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoints { EveryTime = TimeSpan.Zero });
    }
}
