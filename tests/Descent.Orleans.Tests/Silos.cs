using Descent.Rules;
using Descent.StepSizes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Descent.Orleans.Tests;

/// <summary>Three silos of one process, which know the models of the tests, and a storage that outlives them.</summary>
public sealed class Silos : IAsyncLifetime
{
    /// <summary>d of the models: three blocks.</summary>
    internal const int Dimension = 40_000;

    internal KeptStorage Storage { get; } = new();

    internal InProcessTestCluster Cluster { get; private set; } = null!;

    internal static ParameterModel<double>[] Models { get; } =
    [
        Model("sums", new Sgd(), 1, 3, 5), Model("once", new Sgd(), 1, double.PositiveInfinity, 4),
        Model("writes", new Sgd(), 1, double.PositiveInfinity, 4),
        Model("stale", new Sgd(), 1, 2, 3), Model("rounds", new Adam(), 0.01, 0, 3), Model("coming", new Adam(), 0.01, 2, 3),
        Model("optimum", new Sgd(), 1, 1, 3), Model("lost", new Sgd(), 1, 1, 3, TimeSpan.FromMilliseconds(300)),
        Model("refused", new Sgd(), 1, 0, 2), Model("late", new Sgd(), 1, 0.5, 2),
    ];

    internal static ParameterModel<double> Named(string name) => Models.Single(m => m.Name == name);

    internal OrleansServer<double> Server(string name, TimeSpan? turn = null) => new(Cluster.Client, Named(name), turn: turn);

    public async Task InitializeAsync()
    {
        InProcessTestClusterBuilder builder = new(3);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>(ModelServices.Storage, Storage);
            foreach (ParameterModel<double> model in Models) silo.Services.AddParameterModel(model);
            silo.Services.AddLogging(l => l.SetMinimumLevel(LogLevel.Critical));
            // A lost silo is noticed sooner than a service would want it.
            silo.Services.Configure<ClusterMembershipOptions>(o =>
                (o.ProbeTimeout, o.NumMissedProbesLimit, o.NumVotesForDeathDeclaration) = (TimeSpan.FromMilliseconds(500), 2, 1));
            silo.Services.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(3));
        });
        builder.ConfigureClient(client =>
            client.Services.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(3)));
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    static ParameterModel<double> Model(string name, IRule rule, double eta, double slack, int workers, TimeSpan? lease = null) =>
        new(name, Dimension, rule, new Constant(eta))
        {
            BlockSize = 1 << 14,
            Slack = slack,
            Workers = workers,
            Lease = lease ?? TimeSpan.FromMinutes(1),
        };
}
