using Descent.Fitting.Specs;

namespace Descent.Fitting;

/// <summary>What every door does with faults: they are said as a program's author would write them.</summary>
static class Doors
{
    public static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (UsageException e)
        {
            throw new FitException(Wording.ForPrograms(e.Message), e);
        }
    }
}
