using Descent.Cli.Fitting;
using Descent.Data;
using Descent.Models.Networks;

namespace Descent.Cli.Models;

/// <summary>The network in a model file; its weights lie in a safetensors file beside it.</summary>
sealed record NetworkModel
{
    /// <summary>mlp or cnn.</summary>
    public string Kind { get; init; } = "mlp";

    /// <summary>Layer sizes of an mlp, inputs first; the filters of a cnn, its outputs last.</summary>
    public required int[] Sizes { get; init; }

    /// <summary>Height, width and channels of a cnn's images.</summary>
    public int[]? Image { get; init; }

    public string? Activation { get; init; }

    /// <summary>Name of the file of weights, in the same folder.</summary>
    public required string Weights { get; init; }

    /// <summary>Means and deviations that inputs are scaled by; absent when they are taken as they are.</summary>
    public double[]? Means { get; init; }

    public double[]? Deviations { get; init; }

    public INetwork Build() => Kind == "cnn" ? new Cnn(Image, Sizes.AsSpan()[..^1], Sizes[^1]) : new Mlp(Sizes, Enum.Parse<Activation>(Activation!, true));

    public static NetworkModel Of(NetworkFit fit, string weights) => new()
    {
        Kind = fit.Network is Cnn ? "cnn" : "mlp",
        Sizes = fit.Network switch
        {
            Cnn c => [.. c.Filters, c.Outputs],
            Mlp m => m.Sizes.ToArray(),
            _ => throw new InvalidOperationException(fit.Network.Description),
        },
        Image = (fit.Network as Cnn)?.Image.ToArray(),
        Activation = (fit.Network as Mlp)?.Activation.ToString().ToLowerInvariant(),
        Weights = weights,
        Means = fit.Scaling?.Means,
        Deviations = fit.Scaling?.Deviations,
    };

    public static void Save(NetworkFit fit, string path)
    {
        INetwork net = fit.Network;
        Safetensors.Write(path, [.. net.Layout.Blocks.Select(b => (b.Name, b.Name[0] != 'b' ? new[] { b.Rows, b.Columns } : [b.Columns], fit.Run.Point.AsSpan(b.Offset, b.Length).ToArray()))]);
    }

    public float[] Load(string modelPath)
    {
        INetwork net = Build();
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(modelPath))!, Weights);
        var tensors = Safetensors.Read(path);
        float[] w = new float[net.Layout.Length];
        foreach (Block b in net.Layout.Blocks)
        {
            if (!tensors.TryGetValue(b.Name, out var t) || t.Values.Length != b.Length)
                throw new DataException($"{path}: the tensor '{b.Name}' is {(t.Values is null ? "missing" : $"of length {t.Values.Length}")}; expected {b.Length} values. The file does not belong to {modelPath}.");
            t.Values.CopyTo(w, b.Offset);
        }
        return w;
    }

    /// <summary>Outputs of many rows.</summary>
    public double[] Predict(float[] w, double[] rows, int count)
    {
        float[] x = new float[rows.Length];
        INetwork net = Build();
        int d = net.Inputs;
        for (int i = 0; i < x.Length; i++) x[i] = (float)(Means is null ? rows[i] : (rows[i] - Means[i % d]) / Deviations![i % d]);
        return net.Predict<float>(w, x, count);
    }
}
