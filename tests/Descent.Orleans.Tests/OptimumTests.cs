using Descent.Models.Certificates;
using Descent.Models.Linear;
using Descent.Models.Losses;
using Descent.Oracles;

namespace Descent.Orleans.Tests;

public class OptimumTests(Silos silos) : IClassFixture<Silos>
{
    // Three workers, each at most one gradient ahead, with gradients of all rows at weights that miss pushes.
    // What they reach is certified by the dual, not by themselves.
    [Fact]
    public async Task Workers_reach_the_optimum_to_a_certified_gap()
    {
        ParameterModel<double> model = Silos.Named("optimum");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(m => Task.Factory.StartNew(() => Work(m), TaskCreationOptions.LongRunning)));
        double[] w = new double[model.Dimension];
        silos.Server("optimum").CopyTo(w);
        LinearRisk<double, CsrRows<double>, LogisticLoss> whole = Rows();
        double start = new RiskCertifier<double>(whole).Certify(new double[model.Dimension], default, false).Gap,
            end = new RiskCertifier<double>(whole).Certify(w, default, false).Gap;
        Assert.InRange(start, 1e-3, 1);
        Assert.InRange(end, 0, 1e-8);
    }

    void Work(int me)
    {
        OrleansServer<double> server = silos.Server("optimum");
        LinearRisk<double, CsrRows<double>, LogisticLoss> rows = Rows();
        double[] w = new double[server.Dimension], g = new double[server.Dimension];
        for (int k = 0; k < 30; k++)
        {
            while (!server.MayCompute(me))
            {
            }
            long read = long.MaxValue;
            for (int s = 0; s < server.Shards; s++)
                read = Math.Min(read, server.Pull(me, s, w.AsSpan(server.Start(s)..server.Start(s + 1))));
            rows.Gradient(w, g);
            for (int s = 0; s < server.Shards; s++)
                server.Push(new PushHeader(me, s, read, rows.Count), g.AsSpan(server.Start(s)..server.Start(s + 1)));
            server.Finish(me);
        }
        server.Leave(me);
    }

    // Rows of length one: the loss has smoothness 1/4 at most.
    static LinearRisk<double, CsrRows<double>, LogisticLoss> Rows()
    {
        Draws draws = new(16);
        List<long> starts = [0];
        List<int> indices = [];
        List<double> values = [], labels = [];
        for (int i = 0; i < 300; i++)
        {
            int[] at = [.. Enumerable.Range(0, 12).Select(_ => (int)(Silos.Dimension * draws.NextDouble())).Distinct().Order()];
            double[] x = [.. at.Select(_ => draws.NextNormal())];
            double norm = Math.Sqrt(x.Sum(v => v * v)), label = draws.NextDouble() < 0.7 ? 1 : 0;
            indices.AddRange(at);
            values.AddRange(x.Select(v => v / norm));
            starts.Add(indices.Count);
            labels.Add(label);
        }
        return Risk.Of<double, CsrRows<double>, LogisticLoss>(new CsrRows<double>([.. starts], [.. indices], [.. values], Silos.Dimension),
            [.. labels], default, new RiskOptions { L2 = 0.1, Intercept = false });
    }
}
