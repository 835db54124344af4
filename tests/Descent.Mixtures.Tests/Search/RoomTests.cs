using Descent.Mixtures.Laws;
using Descent.Mixtures.Search;
using Descent.Numerics;

namespace Descent.Mixtures.Tests.Search;

/// <summary>Rows that lie elsewhere, and what is kept between starts: neither shows in any number.</summary>
public class RoomTests
{
    static double[] Faithful => GaussianMixtureTests.Read("faithful.csv");

    static double[] Stations => GaussianMixtureTests.Read("quakes-stations.csv");

    static double[] Birth => GaussianMixtureTests.Read("birthwt-binary.csv");

    // What a room gives is full of what was there before.
    [Fact]
    public void The_content_of_the_room_shows_in_no_bit()
    {
        Littered room = new();
        foreach ((IMixture plain, IMixture other) in ((IMixture, IMixture)[])
        [
            (new GaussianMixture(Faithful, 2, 3), new GaussianMixture(new Slab<double>(Faithful), 2, 3, room)),
            (new FiniteMixture(new PoissonLaw(Stations), 3), new FiniteMixture(new PoissonLaw(Stations, 1, room), 3, room: room)),
            (new FiniteMixture(new BernoulliLaw(Birth, 4), 2), new FiniteMixture(BernoulliLaw.Over(Birth, 4), 2, room: room)),
        ])
        {
            MixtureOptions options = new(4, MostPasses: 60);
            MixtureFit a = MixtureSearch.Run(plain, options), b = MixtureSearch.Run(other, options);
            Assert.Equal(a.Theta, b.Theta);
            Assert.Equal(a.Entropy, b.Entropy);
            Assert.Equal(a.Responsibilities, b.Responsibilities);
        }
        Assert.True(room.Taken > 6);
    }

    [Fact]
    public void A_start_does_not_depend_on_those_before()
    {
        foreach (Func<IMixture> make in (Func<IMixture>[])[() => new GaussianMixture(Faithful, 2, 3),
            () => new FiniteMixture(new PoissonLaw(Stations), 3)])
        {
            IMixture model = make();
            for (ulong seed = 1; seed <= 8; seed++)
            {
                double[] used = new double[model.Parameters], fresh = new double[model.Parameters];
                Assert.Equal(make().Start(new Draws(seed), fresh), model.Start(new Draws(seed), used));
                Assert.Equal(fresh, used);
            }
        }
    }

    // The first 40 rows twice, or with the weight 2.
    [Fact]
    public void Entropy_and_distance_count_a_row_of_weight_two_as_two()
    {
        double[] a = Faithful, b = Stations, two = [.. Enumerable.Range(0, 272).Select(i => i < 40 ? 2.0 : 1)];
        double[] counts = [.. Enumerable.Range(0, b.Length).Select(i => i < 40 ? 2.0 : 1)];
        foreach ((IMixture weighted, IMixture doubled) in ((IMixture, IMixture)[])
        [
            (new GaussianMixture(a, 2, 2, weights: two), new GaussianMixture([.. a, .. a[..80]], 2, 2)),
            (new FiniteMixture(new PoissonLaw(b), 2, counts), new FiniteMixture(new PoissonLaw([.. b, .. b[..40]]), 2)),
        ])
        {
            double[] theta = new double[weighted.Parameters], other;
            Assert.True(weighted.Start(new Draws(1), theta));
            Assert.Equal(doubled.Entropy(theta), weighted.Entropy(theta), 1e-9 * doubled.Entropy(theta));
            Assert.Equal(weighted.Responsibilities(theta, new double[weighted.RowCount * 2]), weighted.Entropy(theta), 1e-9);
            other = [.. theta];
            other[2] += 0.5;
            if (weighted is GaussianMixture) Assert.Equal(doubled.Distance(theta, other), weighted.Distance(theta, other), 1e-13);
        }
    }

    sealed class Littered : IRoom
    {
        public int Taken { get; private set; }

        public Slab<T> Take<T>(long length)
            where T : unmanaged
        {
            Taken++;
            T[] array = new T[length];
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(array.AsSpan()).Fill(0xFF);
            return array;
        }
    }
}
