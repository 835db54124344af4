using Descent.Sets;

namespace Descent.Tests.Sets;

public class SetTests
{
    static double[] Random(int seed, int d)
    {
        Draws draws = new((ulong)seed);
        return [.. Enumerable.Range(0, d).Select(_ => 2 * draws.NextNormal())];
    }

    // The projection onto a closed convex set is the only p in it with (w − p)·(q − p) ≤ 0 for every q in it.
    [Fact]
    public void The_simplex_projection_is_the_nearest_point()
    {
        Draws draws = new(9);
        for (int seed = 0; seed < 50; seed++)
        {
            double[] w = Random(seed, 7), p = (double[])w.Clone();
            new Simplex(1.5).Apply<double>(p, 1);
            Assert.Equal(1.5, p.Sum(), 1e-12);
            Assert.All(p, x => Assert.True(x >= 0));
            for (int trial = 0; trial < 100; trial++)
            {
                double[] q = [.. Enumerable.Range(0, 7).Select(_ => -Math.Log(1 - draws.NextDouble()))];
                double total = q.Sum(), inner = 0;
                for (int i = 0; i < 7; i++) inner += (w[i] - p[i]) * ((1.5 * q[i] / total) - p[i]);
                Assert.True(inner <= 1e-12);
            }
        }
    }

    [Fact]
    public void Sets_leave_their_own_points_alone_and_show_what_is_not_a_number()
    {
        double[] inside = [0.2, 0.3, 0.5];
        double[] copy = [.. inside];
        new Simplex().Apply<double>(copy, 1);
        for (int i = 0; i < 3; i++) Assert.Equal(inside[i], copy[i], 1e-15);
        double[] w = [-1, 2, double.NaN];
        new NonNegative().Apply<double>(w, 1);
        Assert.Equal([0, 2, double.NaN], w);
        double[] bad = [1, double.NaN];
        new Simplex().Apply<double>(bad, 1);
        Assert.Contains(bad, double.IsNaN);
    }

    // A proximal point minimises h(u) + ‖u − w‖²/(2η): nothing near it is lower.
    [Fact]
    public void Proximal_points_are_minimisers()
    {
        IProximalMap[] maps = [new ElasticNetPenalty(0.4, 0.7), new GroupPenalty((0, 3, 0.9), (3, 2, 0.2)),
            new L1Penalty([0.1, 0.5, 0, 1, 2])];
        Draws draws = new(2);
        foreach (IProximalMap map in maps)
        {
            for (int seed = 0; seed < 20; seed++)
            {
                double[] w = Random(seed, 5), p = [.. w];
                const double Eta = 0.6;
                map.Apply<double>(p, Eta);
                double Objective(double[] u) => map.Value<double>(u) + (u.Zip(w, (a, b) => (a - b) * (a - b)).Sum() / (2 * Eta));
                double at = Objective(p);
                for (int trial = 0; trial < 200; trial++)
                {
                    double size = Math.Pow(10, -4 * draws.NextDouble());
                    double[] u = [.. p.Select(x => x + (size * draws.NextNormal()))];
                    Assert.True(Objective(u) >= at - 1e-12);
                }
            }
        }
    }

    [Fact]
    public void Group_shrinkage_takes_whole_groups()
    {
        double[] w = [3, 4, 0.1, 0.1, 7];
        new GroupPenalty((0, 2, 1), (2, 2, 1)).Apply<double>(w, 1);
        // ‖(3, 4)‖ = 5 shrinks to 4; the small group vanishes; what is in no group stays.
        Assert.Equal(2.4, w[0], 1e-15);
        Assert.Equal(3.2, w[1], 1e-15);
        Assert.Equal([0.0, 0, 7], w[2..]);
    }
}
