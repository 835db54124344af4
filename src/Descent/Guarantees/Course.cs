using Descent.StepSizes;

namespace Descent.Guarantees;

/// <summary>What the step sizes of a schedule come to over a horizon.</summary>
/// <param name="Sum">Ση_t.</param>
/// <param name="Squares">Ση_t².</param>
/// <param name="Largest">The largest; ∞ when they follow the gradients and nothing is known.</param>
/// <param name="Last">η_T.</param>
/// <param name="Decreases">Whether none is larger than the one before.</param>
/// <param name="IsConstant">Whether all are equal.</param>
readonly record struct Course(double Sum, double Squares, double Largest, double Last, bool Decreases, bool IsConstant)
{
    /// <summary>Adds up T step sizes; a constant one without doing so.</summary>
    public static Course Of(IStepSize schedule, long steps)
    {
        if (schedule is Constant c) return new Course(c.Eta * steps, c.Eta * c.Eta * steps, c.Eta, c.Eta, true, true);
        if (schedule.UsesGradient) return new Course(double.NaN, double.NaN, double.PositiveInfinity, double.NaN, false, false);
        double sum = 0, squares = 0, largest = 0, first = schedule.Next(new StepInfo(0)), last = first;
        bool decreases = true, constant = true;
        for (long t = 0; t < steps; t++)
        {
            double eta = schedule.Next(new StepInfo(t));
            decreases &= eta <= last;
            constant &= eta == first;
            (sum, squares, largest, last) = (sum + eta, squares + (eta * eta), Math.Max(largest, eta), eta);
        }
        return new Course(sum, squares, largest, last, decreases, constant);
    }
}
