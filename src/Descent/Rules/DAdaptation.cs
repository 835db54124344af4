using Descent.Oracles;

namespace Descent.Rules;

/// <summary>
/// D-Adaptation for SGD: <c>λ_t = η d_t/‖g₁‖; s ← s + λ_t g; w ← w₀ − s</c>, and the estimate <c>d ← max(d, 2Σλ_t⟨g, s₋⟩/‖s‖)</c>, which never exceeds the distance to
/// the minimiser of a convex objective. η = 1 is meant. Two state vectors. Source: Defazio and Mishchenko 2023, algorithm for SGD.
/// </summary>
/// <param name="First">d₀ &gt; 0, below the distance to the minimiser.</param>
/// <param name="Growth">Largest factor by which d may grow in one step.</param>
public sealed record DAdaptation(double First = 1e-6, double Growth = double.PositiveInfinity) : IRule
{
    /// <summary>d₀ &gt; 0, below the distance to the minimiser.</summary>
    public double First { get; } = Guard.Positive("d₀", First, nameof(DAdaptation));

    /// <inheritdoc/>
    public bool IsEuclidean => false;

    /// <inheritdoc/>
    public string Recursion => FormattableString.Invariant($"λ = η d/‖g₁‖;  w ← w − λ g;  d ← max(d, 2Σλ⟨g, s₋⟩/‖s‖), s = w₀ − w,  d₀ = {First:G6}");

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
        readonly T[] s = new T[dimension];
        double distance = 0;
        double numerator = 0;
        double norm = 0;
        long taken;

        public override ReadOnlySpan<T> QueryPoint(ReadOnlySpan<T> w) => w;

        public override void Apply(Span<T> w, ReadOnlySpan<T> g, double stepSize, long step)
        {
            if (taken++ == 0)
            {
                distance = rule.First;
                norm = Vectors.Norm(g);
            }
            if (norm == 0)
            {
                // A first gradient of zero has no scale; the next one is taken instead.
                taken = 0;
                return;
            }
            double lambda = distance * stepSize / norm;
            numerator += lambda * double.CreateTruncating(Vectors.Dot<T>(g, s));
            Vectors.AddScaled(T.CreateTruncating(lambda), g, s);
            ScaledStep.Apply(w, g, lambda);
            double size = Vectors.Norm<T>(s);
            if (size > 0) distance = Math.Max(distance, Math.Min(2 * numerator / size, distance * rule.Growth));
        }

        public override void Visit(IStateVisitor visitor)
        {
            visitor.Buffer<T>("s", s);
            visitor.Number("distance", ref distance);
            visitor.Number("numerator", ref numerator);
            visitor.Number("norm", ref norm);
            visitor.Number("taken", ref taken);
        }
    }
}
