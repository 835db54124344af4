using Descent.Models.Linear;

namespace Descent.Fitting.Planning;

/// <summary>What a method keeps: measured where it is made, so that it is true of every method and its numbers.</summary>
static class MethodMemory
{
    /// <summary>Bytes that starting the method on the objective allocates.</summary>
    /// <exception cref="FitException">The method cannot take the objective.</exception>
    public static long Of(Plan plan, EmpiricalRisk<double> risk)
    {
        double[] start = new double[risk.Dimension];
        long before = GC.GetAllocatedBytesForCurrentThread();
        object? iteration = Start(plan, risk, start);
        long after = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(iteration);
        return after - before;
    }

    static object? Start(Plan plan, EmpiricalRisk<double> risk, double[] start)
    {
        try
        {
            return OnRisk.Of(plan.Algorithm, plan.Method).Start(risk, start, new Draws(1));
        }
        catch (ArgumentException e)
        {
            throw new FitException(e.Message);
        }
    }
}
