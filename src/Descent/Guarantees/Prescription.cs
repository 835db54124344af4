using Descent.StepSizes;

namespace Descent.Guarantees;

/// <summary>The step sizes and numbers that a theorem prescribes.</summary>
/// <param name="StepSize">η_t.</param>
public sealed record Prescription(IStepSize StepSize)
{
    /// <summary>The first, or constant, step size η.</summary>
    public double Eta => StepSize.Next(new StepInfo(0));

    /// <summary>Numbers of the method, by their names in the catalogue of methods.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    /// <summary>Ridge penalty λ that G29 adds; 0 for none.</summary>
    public double Ridge { get; init; }

    /// <summary>A number, or another value when the theorem leaves it open.</summary>
    public double Number(string name, double otherwise) => Numbers.TryGetValue(name, out double x) ? x : otherwise;

    /// <summary>A constant step size.</summary>
    public static Prescription Constant(double eta) => new(new Constant(eta));

    // A constant that is unknown, or a bound that is infinite, gives a step size that no schedule can be built of.
    internal static Prescription OrNone(Func<Situation, Prescription> prescribe, Situation situation)
    {
        try
        {
            return prescribe(situation);
        }
        catch (ArgumentOutOfRangeException)
        {
            return None;
        }
    }

    static Prescription None { get; } = new(new Unknown());

    sealed record Unknown : IStepSize
    {
        public double Next(in StepInfo now) => double.NaN;

        public override string ToString() => "unknown";
    }
}
