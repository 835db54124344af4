using Descent.Algorithms;
using Descent.Oracles;
using Descent.Rules;
using Descent.StepSizes;

namespace Descent.Tests.Rules;

public class StateTests
{
    static readonly BlockLayout Layout = new(new Block("W", 0, 7, 13), new Block("b", 91, 1, 10));

    /// <summary>The rules of the catalogue that run on exact gradients, by entry name.</summary>
    public static IReadOnlyDictionary<string, IRule> Rules { get; } = Catalogue.All
        .Where(e => e.Needs is Needs.SamplesOrGradient or Needs.Gradient or Needs.Samples)
        .Select(e => (e.Name, Method: Build(e)))
        .Where(x => x.Method is FirstOrder)
        .ToDictionary(x => x.Name, x => ((FirstOrder)x.Method).Rule);

    static IDescribed Build(CatalogueEntry e) =>
        new MethodSettings(e) { StrongConvexity = 0.1, Sampling = e.Needs == Needs.Samples ? new Sampling() : null }.Build();

    public static TheoryData<string> Names => [.. Rules.Keys];

    // A momentum whose gradient is zero for 10⁵ steps must not fall into the subnormal range,
    // where processors are some twenty times slower.
    [Theory]
    [MemberData(nameof(Names))]
    public void Dying_state_never_becomes_subnormal(string name)
    {
        BlockLayout layout = new(new Block("W", 0, 2, 4), new Block("b", 8, 1, 1));
        RuleState<float> state = Rules[name].Start<float>(layout);
        float[] w = [1, -2, 0.5f, 0.25f, 3, 1, -1, 2, 0.1f], g = new float[9];
        Probe probe = new();
        for (int t = 0; t < 100_000; t++)
        {
            for (int i = 0; i < 9; i++) g[i] = t < 3 ? (i + 1) * 1e-3f : 0;
            state.QueryPoint(w);
            state.Apply(w, g, 1e-3, t);
            if (t % 1009 == 0) state.Visit(probe);
        }
        state.Visit(probe);
        Assert.False(probe.Subnormal);
    }

    public static TheoryData<string> Coordinatewise => [.. Rules.Where(r => r.Value.IsCoordinatewise).Select(r => r.Key)];

    [Theory]
    [MemberData(nameof(Coordinatewise))]
    public void Shards_on_threads_give_the_bits_of_one_thread(string name)
    {
        using Workers three = new(3);
        RuleState<float> one = Rules[name].Start<float>(Layout), many = new Sharded(Rules[name], three).Start<float>(Layout);
        Draws draws = new(8);
        float[] a = [.. Enumerable.Range(0, 101).Select(_ => (float)draws.NextNormal())], b = [.. a], g = new float[101];
        for (int t = 0; t < 20; t++)
        {
            for (int i = 0; i < g.Length; i++) g[i] = (float)draws.NextNormal();
            one.Apply(a, g, 0.01, t);
            many.Apply(b, g, 0.01, t);
            Assert.Equal(a, b);
        }
    }

    [Fact]
    public void Rules_that_see_all_coordinates_are_not_cut()
    {
        using Workers two = new(2);
        Assert.Contains("looks at all coordinates together", Assert.Throws<ArgumentException>(() => new Sharded(new Lamb(), two)).Message,
            StringComparison.Ordinal);
        Assert.Contains("looks at all coordinates together",
            Assert.Throws<ArgumentException>(() => new Sharded(new Nesterov(), two)).Message, StringComparison.Ordinal);
    }

    sealed class Probe : IStateVisitor
    {
        public bool Subnormal { get; private set; }

        public void Buffer<T>(string name, Span<T> values)
            where T : unmanaged
        {
            if (typeof(T) != typeof(float)) return;
            foreach (float x in System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(values)) Subnormal |= float.IsSubnormal(x);
        }

        public void Number(string name, ref double value)
        {
        }

        public void Number(string name, ref long value)
        {
        }
    }
}
