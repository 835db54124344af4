using Descent.Algorithms;
using Descent.Cli.Output;
using Descent.Autodiff;
using Descent.Autodiff.Networks;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Cli.Gallery;

/// <summary>
/// Where a ramp decides (C 8.2): a 2–16–16–1 network of rectified units on the ring, its batch scaled from 8 to 64 and the step size with
/// it, over 20 seeds.
/// </summary>
static class WarmUpNetwork
{
    const int Small = 8, Large = 64, Epochs = 64, Seeds = 20, Ramp = 100;
    const double Eta = 5.0 / Large, Enough = 0.1;
    static readonly Mlp Net = new([2, 16, 16, 1], Activation.Relu);

    /// <summary>How many seeds end with a loss below 0.1, for three ways to go through the same number of rows.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows()
    {
        var (points, labels) = RingNetwork.Read();
        DifferentiableObjective<double> f = Net.BinaryClassifier(RingNetwork.Standardised(points), labels);
        IStepSize small = new Constant(Eta).ScaledToBatch(1, Small), large = new Constant(Eta).ScaledToBatch(1, Large);
        foreach (var (name, eta, batch) in new (string, IStepSize, int)[]
        {
            ($"B = {Small}, η", small, Small),
            ($"B = {Large}, η·{Large / Small}", large, Large),
            ($"B = {Large}, η·{Large / Small}, ramp of {Ramp} steps", Schedule.WarmUp(Ramp).Then(large), Large),
        })
        {
            int trained = Enumerable.Range(1, Seeds).Count(seed => Loss(f, eta, batch, (ulong)seed) < Enough);
            yield return [$"network on the ring, {name}: seeds below F = {Text.Number(Enough)} after {Epochs} epochs", "η ∝ B with a "
                + "warm-up", "–", $"{trained} of {Seeds}"];
        }
    }

    static double Loss(DifferentiableObjective<double> f, IStepSize eta, int batch, ulong seed)
    {
        Iteration<double> run = Methods.Sgd(eta, new Sampling(SampleOrder.Shuffle, batch))
            .Start(f, Net.Initialise<double>(new Draws(seed), Initialisation.He), new Draws(seed));
        run.Advance((long)Epochs * f.Count / batch);
        double value = f.Value(run.Point);
        return double.IsFinite(value) ? value : double.PositiveInfinity;
    }
}
