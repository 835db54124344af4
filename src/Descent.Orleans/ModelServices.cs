using Microsoft.Extensions.DependencyInjection;

namespace Descent.Orleans;

/// <summary>Makes models known to a silo.</summary>
public static class ModelServices
{
    /// <summary>Name of the Orleans storage that keeps blocks and clocks: any provider that checks ETags, as all of Orleans' own
    /// do.</summary>
    public const string Storage = "descent";

    /// <summary>Makes a model known to this silo. Every silo of the cluster names it.</summary>
    public static IServiceCollection AddParameterModel(this IServiceCollection services, ParameterModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return services.AddKeyedSingleton(model.Name, model);
    }

    /// <summary>The model of a name, or a sentence about what is missing.</summary>
    internal static ParameterModel? Find(IServiceProvider services, string name, out string missing)
    {
        ParameterModel? model = services.GetKeyedService<ParameterModel>(name);
        missing = model is not null ? "" : $"This silo knows no model '{name}': call services.AddParameterModel(…) where it is built.";
        return model;
    }
}
