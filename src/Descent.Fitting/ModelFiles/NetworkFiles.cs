using System.Security.Cryptography;
using Descent.Autodiff.Networks;
using Descent.Data.Files;
using Descent.Data;

namespace Descent.Fitting.ModelFiles;

/// <summary>
/// The two files of a network. The weights are named after the whole name of the model and their own digest, so that writing them disturbs
/// no other model; the model that names them is put in its place after them. A process that is killed between the two leaves the old model
/// whole, and a file of weights that nobody names.
/// </summary>
sealed class NetworkFiles : IModelFiles
{
    readonly byte[] weights;

    /// <summary>The files of some weights, w, with a sentence on how they came about.</summary>
    public NetworkFiles(NetworkOrigin from, float[] w, string outcome, string modelName)
    {
        weights = Bytes(from.Network, w);
        string digest = DigestOf(weights);
        WeightsName = NameOf(modelName, digest);
        Model = ModelWriter.Of(from, outcome, WeightsName, digest);
    }

    /// <summary>The files of a model that was read, under a name of its own.</summary>
    public NetworkFiles(ModelFile read, float[] w, string modelName)
    {
        weights = Bytes(read.Network!.Build(), w);
        string digest = DigestOf(weights);
        WeightsName = NameOf(modelName, digest);
        Model = read with { Network = read.Network with { Weights = WeightsName, Digest = digest } };
    }

    /// <summary>Name of the file of weights.</summary>
    public string WeightsName { get; }

    public ModelFile Model { get; }

    /// <summary>Whether a name is that of a file of weights of a model.</summary>
    public static bool IsWeightsOf(string modelName, string name)
    {
        const string End = ".safetensors";
        return name.Length == modelName.Length + 17 + End.Length && name.StartsWith(modelName + ".", StringComparison.Ordinal)
            && name.EndsWith(End, StringComparison.Ordinal)
            && name.AsSpan(modelName.Length + 1, 16).IndexOfAnyExcept("0123456789abcdef") < 0;
    }

    /// <summary>Both files, for a folder that is written in one step.</summary>
    public IEnumerable<(string Name, Action<IOutputStream> Content)> Entries(string modelName)
    {
        yield return (WeightsName, o => o.Write(weights));
        yield return (modelName, o => o.Write(Model.ToBytes()));
    }

    /// <summary>Writes the weights, then the model, and removes the weights that the model here before named.</summary>
    /// <returns>The path of the weights.</returns>
    public string? Save(IFileSystem files, string path)
    {
        OutputPlace place = OutputPlace.Of(files, path);
        if (place.Facts.Kind == PathKind.Stream)
            throw new IOException($"{path}: is a device or a pipe; a network is two files, and needs a name in a folder");
        string target = Path.Combine(place.Folder, WeightsName);
        string? before = place.Facts.Kind == PathKind.File ? WeightsBefore(place.Target) : null;
        FileWriter.Write(files, target, weights);
        try
        {
            FileWriter.Write(files, path, Model.ToBytes());
        }
        catch
        {
            // Only when no model in this place names them: the model may have been put there and the folder not flushed.
            if (WeightsBefore(place.Target) != WeightsName) Parts.Remove(files, target);
            throw;
        }
        if (before is not null && before != WeightsName && IsWeightsOf(Path.GetFileName(place.Target), before))
            Parts.Remove(files, Path.Combine(place.Folder, before));
        return target;
    }

    static byte[] Bytes(INetwork network, float[] w) =>
        Safetensors.ToBytes(
            [.. network.Layout.Blocks.Select(b => (b.Name, NetworkModel.ShapeOf(b), w.AsSpan(b.Offset, b.Length).ToArray()))]);

    static string DigestOf(byte[] weights) => Convert.ToHexStringLower(SHA256.HashData(weights));

    static string NameOf(string modelName, string digest) => $"{modelName}.{digest[..16]}.safetensors";

    // The model that is replaced may be anything; only one that can be read says which weights were its own.
    static string? WeightsBefore(string model)
    {
        try
        {
            return ModelFile.Load(model).Network?.Weights;
        }
        catch (DataException)
        {
            return null;
        }
    }
}
