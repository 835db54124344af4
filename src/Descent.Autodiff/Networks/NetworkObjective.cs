using Descent.Autodiff;

namespace Descent.Autodiff.Networks;

/// <summary>What is done with any network: losses, and predictions.</summary>
public static class NetworkObjective
{
    /// <summary>Softmax cross-entropy on classes 0 … K−1.</summary>
    public static DifferentiableObjective<T> Classifier<T>(this INetwork network, T[] rows, int[] classes, double l2 = 0,
        GradientOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(network, rows, classes?.Length ?? 0);
        return new(network.Layout, classes!.Length, (w, batch) =>
        {
            Var<T> z = network.Evaluate(w, batch.Matrix<T>(w.Tape, rows, network.Inputs));
            return (z.LogSumExp() - z.Pick(batch.Numbers(classes))).Mean();
        }, l2, options)
        { IsStatic = true };
    }

    /// <summary>Half the squared error of one output.</summary>
    public static DifferentiableObjective<T> Regressor<T>(this INetwork network, T[] rows, T[] targets, double l2 = 0,
        GradientOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(network, rows, targets?.Length ?? 0);
        return new(network.Layout, targets!.Length, (w, batch) =>
        {
            Var<T> z = network.Evaluate(w, batch.Matrix<T>(w.Tape, rows, network.Inputs)).Reshape(new Shape(batch.Count));
            return 0.5 * (z - batch.Vector<T>(w.Tape, targets)).Square().Mean();
        }, l2, options)
        { IsStatic = true };
    }

    /// <summary>Logistic loss of one output on labels 0 and 1.</summary>
    public static DifferentiableObjective<T> BinaryClassifier<T>(this INetwork network, T[] rows, T[] labels, double l2 = 0,
        GradientOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(network, rows, labels?.Length ?? 0);
        return new(network.Layout, labels!.Length, (w, batch) =>
        {
            Var<T> z = network.Evaluate(w, batch.Matrix<T>(w.Tape, rows, network.Inputs)).Reshape(new Shape(batch.Count));
            return (z.Softplus() - (z * batch.Vector<T>(w.Tape, labels))).Mean();
        }, l2, options)
        { IsStatic = true };
    }

    /// <summary>Huber's loss of one output: ½r² up to δ, δ|r| − ½δ² beyond.</summary>
    public static DifferentiableObjective<T> RobustRegressor<T>(this INetwork network, T[] rows, T[] targets, double delta = 1,
        double l2 = 0, GradientOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(network, rows, targets?.Length ?? 0);
        return new(network.Layout, targets!.Length, (w, batch) =>
        {
            Var<T> r = network.Evaluate(w, batch.Matrix<T>(w.Tape, rows, network.Inputs)).Reshape(new Shape(batch.Count))
                - batch.Vector<T>(w.Tape, targets);
            // ½r² less ½ of what lies beyond δ, squared: one formula with a continuous derivative.
            return (0.5 * (r.Square() - (r.Abs() - delta).Relu().Square())).Mean();
        }, l2, options)
        { IsStatic = true };
    }

    /// <summary>Outputs of many rows: K numbers a row.</summary>
    public static double[] Predict<T>(this INetwork network, ReadOnlySpan<T> w, ReadOnlySpan<T> rows, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        if (w.Length != network.Layout.Length)
            throw new ArgumentException($"The network has {network.Layout.Length} parameters; got {w.Length}.");
        const int Chunk = 256;
        Parameters<T> parameters = new(network.Layout);
        double[] result = new double[count * network.Outputs];
        for (int first = 0; first < count; first += Chunk)
        {
            int take = Math.Min(Chunk, count - first);
            parameters.Bind(w);
            Var<T> z = network.Evaluate(parameters,
                parameters.Tape.Leaf(rows.Slice(first * network.Inputs, take * network.Inputs), take, network.Inputs));
            Vectors.Convert(z.Value, result.AsSpan(first * network.Outputs, take * network.Outputs));
        }
        return result;
    }

    /// <summary>Draws one weight.</summary>
    internal static double Draw(Draws draws, Initialisation how, double inputs, double outputs) => how switch
    {
        Initialisation.He => Math.Sqrt(2 / inputs) * draws.NextNormal(),
        Initialisation.LeCun => Math.Sqrt(1 / inputs) * draws.NextNormal(),
        Initialisation.Glorot => Math.Sqrt(6 / (inputs + outputs)) * ((2 * draws.NextDouble()) - 1),
        _ => ((2 * draws.NextDouble()) - 1) / Math.Sqrt(inputs),
    };

    static void Check<T>(INetwork network, T[] rows, int count)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rows);
        if (count == 0 || rows.Length != (long)count * network.Inputs)
            throw new ArgumentException(
                $"{count} examples of {network.Inputs} inputs need {(long)count * network.Inputs} numbers; got {rows.Length}.");
    }
}
