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
        new("E5", "The ring and a 2–4–1 network", "P 19.4", RingNetwork.Run),
        new("E6", "Least squares: learning rate, batch size, decay", "W figure 2", GaussianLeastSquares.Run),
        new("E7", "Trajectories of GD and SGD on a bowl", "W figure 1", Bowl.Run),
        new("E8", "Momentum on an ill-conditioned quadratic", "R; Goh 2017", MomentumValley.Run),
        new("E9", "Gradients and level sets; stationary points that are no minima", "R", LevelSets.Run),
        new("E10", "Updates in an epoch", "R", UpdatesPerEpoch.Run),
        new("E11", "Rare words: AdaGrad against SGD", "C 16", RareWords.Run),
        new("E12", "The delta rule on AND, OR and XOR", "P 19.4", DeltaRule.Run),
        new("E13", "Unrolled first-order methods", "R", Unrolled.Run),
        new("E14", "The cost of GD and SGD", "R; W 2.1", CostTable.Run),
        new("gradient", "The cost of a gradient: Baur and Strassen", "C 4", GradientCost.Run),
        new("phases", "The two phases of SGD and its noise floor", "W 1", TwoPhases.Run),
        new("variance", "The variance of batches and of momentum", "C 7.1, 17.1", GradientVariance.Run),
        new("adam", "Adam goes the wrong way; AMSGrad and ADOPT do not", "C 17.2; Reddi et al. 2018", AdamFailure.Run),
        new("scaling", "Batch scaling and warm-up", "C 8.1, 8.2", BatchScaling.Run),
        new("score", "Score-function and reparameterised gradients", "W 4 (15); M39", ScoreFunction.Run),
        new("tails", "Student-t with unknown degrees of freedom: EM, ECM, ECME, SQUAREM", "P 19.7; M38", StudentTClimbs.Run),
        new("sde", "SGD and its stochastic differential equation", "W 3; M35", DiffusionLimit.Run),
    ];
}
