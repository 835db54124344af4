namespace Descent.Autodiff.Operations;

/// <summary>What is done with each line of each window.</summary>
interface IWindowLines
{
    /// <summary>
    /// A line that begins at <paramref name="at"/> among the patches: zeros <paramref name="before"/> where the window looks past the edge,
    /// then entries of the image from <paramref name="from"/> on, then zeros <paramref name="after"/>.
    /// </summary>
    void Line(int at, int before, int from, int length, int after);
}
