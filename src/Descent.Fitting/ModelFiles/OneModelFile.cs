using Descent.Data.Files;

namespace Descent.Fitting.ModelFiles;

/// <summary>A linear model, which is one file.</summary>
sealed class OneModelFile(ModelFile model) : IModelFiles
{
    public ModelFile Model { get; } = model;

    public IEnumerable<(string Name, Action<IOutputStream> Content)> Entries(string modelName) =>
        [(modelName, o => o.Write(Model.ToBytes()))];

    public string? Save(IFileSystem files, string path)
    {
        FileWriter.Write(files, path, Model.ToBytes());
        return null;
    }
}
