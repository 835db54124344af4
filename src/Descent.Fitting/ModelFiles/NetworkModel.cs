using System.Security.Cryptography;
using Descent.Data;
using Descent.Data.Files;
using Descent.Autodiff.Networks;

namespace Descent.Fitting.ModelFiles;

/// <summary>The network in a model file; its weights lie in a safetensors file beside it, which its digest binds to this one.</summary>
sealed record NetworkModel
{
    const int MostUnits = 10_000_000;

    /// <summary>mlp or cnn; an mlp where a file does not say.</summary>
    public string Kind { get; set; } = "mlp";

    /// <summary>Layer sizes of an mlp, inputs first; the filters of a cnn, its outputs last.</summary>
    public required int[] Sizes { get; init; }

    /// <summary>Height, width and channels of a cnn's images.</summary>
    public int[]? Image { get; init; }

    public string? Activation { get; init; }

    /// <summary>Name of the file of weights, in the same folder.</summary>
    public required string Weights { get; init; }

    /// <summary>SHA-256 of the file of weights; version 1 had none.</summary>
    public string? Digest { get; init; }

    /// <summary>Means and deviations that inputs are scaled by; absent when they are taken as they are.</summary>
    public double[]? Means { get; init; }

    public double[]? Deviations { get; init; }

    public INetwork Build() => Kind == "cnn" ? new Cnn(Image, Sizes.AsSpan()[..^1], Sizes[^1])
        : new Mlp(Sizes, Enum.Parse<Activation>(Activation!, true));

    public static NetworkModel Of(INetwork network, Scaling? scaling, string weights, string digest) => new()
    {
        Kind = network is Cnn ? "cnn" : "mlp",
        Sizes = network switch
        {
            Cnn c => [.. c.Filters, c.Outputs],
            Mlp m => m.Sizes.ToArray(),
            _ => throw new InvalidOperationException(network.Description),
        },
        Image = (network as Cnn)?.Image.ToArray(),
        Activation = (network as Mlp)?.Activation.ToString().ToLowerInvariant(),
        Weights = weights,
        Digest = digest,
        Means = scaling?.Means,
        Deviations = scaling?.Deviations,
    };

    /// <summary>What is wrong with a network that was read; null when nothing is.</summary>
    public string? Wrong(int features, int outputs, int version)
    {
        if (Kind is not ("mlp" or "cnn")) return $"the network is of the kind '{Kind}'; expected mlp or cnn";
        if (Sizes.Length < 2 || Sizes.Any(s => s is < 1 or > MostUnits))
            return "the sizes of the network's layers are not two numbers at least, each from 1 to 10,000,000";
        if (Kind == "mlp" && (Image is not null || Activation is not ("relu" or "tanh" or "sigmoid")))
            return $"the activation of the network is '{Activation ?? "null"}'; expected relu, tanh or sigmoid, and no image";
        if (Kind == "cnn" && (Activation is not null || Image is not { Length: 3 } || Image.Any(s => s is < 1 or > MostUnits)))
            return "a cnn has an image of height, width and channels, each at least 1, and no activation";
        if (Parameters() is var count && (count <= 0 || count > int.MaxValue / 4))
            return "the sizes of the network's layers do not fit together, or are too large";
        long inputs = Kind == "mlp" ? Sizes[0] : (long)Image![0] * Image[1] * Image[2];
        if (inputs != features) return $"the network has {inputs} inputs, but the model has {features} features";
        if (Sizes[^1] != outputs) return $"the network has {Sizes[^1]} outputs; expected {outputs}";
        if (!IsPlainName(Weights)) return $"the file of weights is named '{Weights}'; expected the plain name of a file beside the model";
        if (Digest is null ? version > 1 : !ModelChecks.IsDigest(Digest))
            return "the digest of the network's weights is missing or not one of 64 hexadecimal digits";
        if (Means is null != Deviations is null) return "of the network's means and deviations one is missing";
        return ModelChecks.Scale(Means, Deviations, features, "network's scaling");
    }

    // Counted in 128 bits before anything of this size is made. 0: the image is too small for the layers.
    Int128 Parameters()
    {
        Int128 sum = 0;
        if (Kind == "mlp")
        {
            for (int k = 0; k + 1 < Sizes.Length; k++) sum += ((Int128)Sizes[k] + 1) * Sizes[k + 1];
            return sum;
        }
        long height = Image![0], width = Image[1], channels = Image[2];
        for (int k = 0; k + 1 < Sizes.Length; k++)
        {
            (height, width) = ((height - 2) / 2, (width - 2) / 2);
            if (height < 1 || width < 1) return 0;
            sum += (((Int128)9 * channels) + 1) * Sizes[k];
            channels = Sizes[k];
        }
        return sum + ((((Int128)height * width * channels) + 1) * Sizes[^1]);
    }

    // A name that any system could take for a path is none.
    static bool IsPlainName(string name) => name.Length > 0 && name is not ("." or "..") && name.IndexOfAny(['/', '\\', ':', '\0']) < 0;

    /// <summary>The weights, from the file beside the model.</summary>
    /// <exception cref="DataException">The file is missing or damaged, or is not the one that belongs to this model.</exception>
    public float[] Load(string modelPath)
    {
        string path = PathOf(modelPath, Weights);
        if (LocalFileSystem.Instance.Look(path).Kind == PathKind.Stream)
            throw new DataException($"{path}: is a device or a pipe; expected the weights that belong to {modelPath}.");
        byte[] file = InputFile.ReadAll(path, $"the weights that belong to {modelPath}, in safetensors form");
        string found = Convert.ToHexStringLower(SHA256.HashData(file));
        if (Digest is not null && found != Digest)
            throw new DataException($"{path}: does not hold the weights that belong to {modelPath}: its SHA-256 is {found[..16]}…, the "
                + $"model names {Digest[..16]}…. Fetch both files again, or fit the model again.");
        return Gather(Safetensors.Parse(file, path), path, modelPath);
    }

    /// <summary>The file beside a model, links to the model resolved as for writing it.</summary>
    public static string PathOf(string modelPath, string name) =>
        Path.Combine(Path.GetDirectoryName(LocalFileSystem.Instance.Resolve(modelPath))!, name);

    float[] Gather(Dictionary<string, (int[] Shape, float[] Values)> tensors, string path, string modelPath)
    {
        INetwork net = Build();
        float[] w = new float[net.Layout.Length];
        foreach (Block b in net.Layout.Blocks)
        {
            if (!tensors.TryGetValue(b.Name, out var t))
                throw new DataException($"{path}: the tensor '{b.Name}' is missing. The file does not belong to {modelPath}.");
            if (!t.Shape.SequenceEqual(ShapeOf(b)))
                throw new DataException($"{path}: the tensor '{b.Name}' is of shape {string.Join("×", t.Shape)}; expected "
                    + $"{string.Join("×", ShapeOf(b))}. The file does not belong to {modelPath}.");
            if (!t.Values.All(float.IsFinite))
                throw new DataException($"{path}: the tensor '{b.Name}' holds values that are not finite; such a network predicts "
                    + $"nothing. Fit the model again.");
            t.Values.CopyTo(w, b.Offset);
        }
        string? stranger = tensors.Keys.FirstOrDefault(n => net.Layout.Blocks.All(b => b.Name != n));
        return stranger is null ? w
            : throw new DataException($"{path}: the tensor '{stranger}' is none of this network. The file does not belong to {modelPath}.");
    }

    /// <summary>The shape that a block has as a tensor: biases are vectors.</summary>
    public static int[] ShapeOf(Block b) => b.Name[0] != 'b' ? [b.Rows, b.Columns] : [b.Columns];

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
