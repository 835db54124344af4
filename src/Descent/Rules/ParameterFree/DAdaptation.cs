using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// D-Adaptation by dual averaging: <c>s ← s + d g; γ = 1/√Σ‖g‖²; w ← w₀ − ηγs</c>, with the estimate
/// <c>d ← max(d, (γ‖s‖² − Σγᵢdᵢ²‖gᵢ‖²)/(2‖s‖))</c>, which never exceeds the distance to the minimiser of a convex objective. η = 1 is
/// meant, and the published result is the mean of the iterates weighted by d
/// (<see cref="Algorithms.AverageKind.OwnWeights"/>). Two state vectors. Source: Defazio and Mishchenko 2023, algorithm 1.
/// </summary>
/// <param name="First">d₀ &gt; 0, below the distance to the minimiser.</param>
/// <param name="Growth">Largest factor by which d may grow in one step.</param>
public sealed record DAdaptation(double First = 1e-6, double Growth = double.PositiveInfinity) : IRule
{
    /// <summary>d₀ &gt; 0, below the distance to the minimiser.</summary>
    public double First { get; } = Guard.Positive("d₀", First, nameof(DAdaptation));

    /// <summary>Largest factor by which d may grow in one step, ≥ 1.</summary>
    public double Growth { get; } = Guard.AtLeastOne("The growth", Growth, nameof(DAdaptation));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion =>
        FormattableString.Invariant($"s ← s + d g;  w ← w₀ − η s/√Σ‖g‖²;  d ← max(d, (γ‖s‖² − Σγᵢdᵢ²‖gᵢ‖²)/(2‖s‖)),  d₀ = {First:G6}");

    /// <inheritdoc/>
    public RuleState<T> Start<T>(BlockLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new State<T>(this, layout.Length);
    }

    sealed class State<T>(DAdaptation rule, int dimension) : RuleState<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T[] s = new T[dimension], first = new T[dimension];
        double distance = 0;
        double squares = 0;
        double weighted = 0;
        long taken;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override double Weight => taken == 0 ? rule.First : distance;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            if (taken++ == 0)
            {
                w.CopyTo(first);
                distance = rule.First;
            }
            double square = double.CreateTruncating(Vectors.SquaredNorm(g)), before = squares > 0
                ? 1 / Math.Sqrt(squares)
                : square > 0 ? 1 / Math.Sqrt(square) : 0;
            squares += square;
            if (squares == 0) return;
            weighted += before * distance * distance * square;
            Vectors.AddScaled(T.CreateTruncating(distance), g, s);
            double gamma = 1 / Math.Sqrt(squares), size = Vectors.Norm<T>(s);
            first.AsSpan().CopyTo(w);
            ScaledStep.Apply<T>(w, s, stepSize * gamma);
            if (size > 0) distance = Math.Max(distance, Math.Min(((gamma * size * size) - weighted) / (2 * size), distance * rule.Growth));
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("s", s);
            visitor.Buffer<T>("first", first);
            visitor.Number("distance", ref distance);
            visitor.Number("squares", ref squares);
            visitor.Number("weighted", ref weighted);
            visitor.Number("taken", ref taken);
        }
    }
}
