using Orleans.TestingHost;

namespace Descent.Orleans.Tests;

public class LostSiloTests(Silos silos) : IClassFixture<Silos>
{
    const int Turns = 30;

    // Five workers, three blocks, one silo of three killed in the middle. Gradients are whole numbers, so that the sum is exact.
    [Fact]
    public async Task No_accepted_update_is_lost_and_none_is_applied_twice_when_a_silo_is_killed()
    {
        ParameterModel<double> model = Silos.Named("sums");
        int done = 0;
        Task[] workers = [.. Enumerable.Range(0, model.Workers).Select(m => Task.Factory.StartNew(() => Work(m, () =>
            Interlocked.Increment(ref done)), TaskCreationOptions.LongRunning))];
        while (Volatile.Read(ref done) < Turns * model.Workers / 3) await Task.Delay(5);
        // The silo of the first block, or nothing of the model may be lost.
        InProcessSiloHandle victim = silos.Cluster.Silos.First(s => silos.Cluster.GetActiveSilos().Contains(s) && Holds(s));
        await silos.Cluster.KillSiloAsync(victim);
        int at = Volatile.Read(ref done);
        await Task.WhenAll(workers);
        Assert.True(at < Turns * model.Workers, "the silo was killed after the last turn");
        Assert.Equal(2, silos.Cluster.GetActiveSilos().Count());

        double[] found = new double[model.Dimension], serial = new double[model.Dimension];
        OrleansServer<double> server = silos.Server("sums");
        server.CopyTo(found);
        for (int m = 0; m < model.Workers; m++)
            for (int k = 0; k < Turns; k++)
            {
                double[] g = Gradients.Whole(m, k, model.Dimension);
                for (int j = 0; j < g.Length; j++) serial[j] -= g[j];
            }
        Assert.Equal(serial, found);
        for (int s = 0; s < model.Blocks; s++)
        {
            BlockFacts facts = server.Look(s);
            Assert.Equal((Turns * model.Workers, Turns * model.Workers), (facts.Version, facts.Pushes));
            Assert.InRange(facts.MostMissed, 0, ((2 * model.Slack) + 1) * (model.Workers - 1));
        }
    }

    void Work(int worker, Action done)
    {
        OrleansServer<double> server = silos.Server("sums");
        for (int k = 0; k < Turns; k++)
        {
            while (!server.MayCompute(worker))
            {
            }
            Gradients.Turn(server, worker, k, (worker + k) % 4 == 0);
            done();
        }
        server.Leave(worker);
    }

    bool Holds(InProcessSiloHandle silo)
    {
        global::Orleans.Runtime.GrainId block = ((global::Orleans.IGrainFactory)silos.Cluster.Client)
            .GetGrain<IBlockGrain>("sums/0").GetGrainId();
        return silo.ServiceProvider.GetService(typeof(global::Orleans.IGrainFactory)) is not null
            && silos.Cluster.TryGetGrainContext(block, out var context) && context!.Address.SiloAddress!.Equals(silo.SiloAddress);
    }
}
