using Descent.Data.Files;

namespace Descent.Fitting.ModelFiles;

/// <summary>A model as the files it is saved in: one, or for a network two.</summary>
interface IModelFiles
{
    /// <summary>The model's own file.</summary>
    ModelFile Model { get; }

    /// <summary>All files, for a folder that is written in one step.</summary>
    IEnumerable<(string Name, Action<IOutputStream> Content)> Entries(string modelName);

    /// <summary>Writes the files.</summary>
    /// <returns>Where weights lie that have a file of their own; null when they have none.</returns>
    string? Save(IFileSystem files, string path);
}
