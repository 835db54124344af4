namespace Descent;

public static partial class Catalogue
{
    // Fixed points: M33 and what accelerates it.
    static Procedure[] Maps => [];
}
