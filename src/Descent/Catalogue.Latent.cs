namespace Descent;

public static partial class Catalogue
{
    // Latent variables: M36–M39.
    static Procedure[] Latent => [];
}
