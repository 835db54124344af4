namespace Descent;

public static partial class Catalogue
{
    // Annealing: M40, M41.
    static Procedure[] Annealing => [];
}
