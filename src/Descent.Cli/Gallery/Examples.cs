namespace Descent.Cli.Gallery;

/// <summary>The examples there are.</summary>
static class Examples
{
    public static IReadOnlyList<Example> All { get; } =
    [
        new("E1", "Gradient descent on θ²", "P figure 19.1", Parabola.Run),
        new("E2", "Iris: petal length on petal width by gradient descent", "P example 19.1", IrisRegression.Run),
        new("E3", "Iris: setosa on sepal length by logistic gradient descent", "P example 19.2", IrisLogistic.Run),
        new("E4", "The same by SGD with three batch sizes", "P 19.3", IrisSgd.Run),
        new("E7", "Trajectories of GD and SGD on a bowl", "W figure 1", Bowl.Run),
    ];
}
