using System.Reflection;
using Descent.Rules;

namespace Descent.Tests.Recursions;

/// <summary>What rules say of themselves, and which numbers they take.</summary>
public class RulePropertyTests
{
    // A plain step in the Euclidean metric, w − ηm with one factor for all coordinates; all others have no proximal map.
    static readonly Type[] Euclidean = [typeof(Sgd), typeof(HeavyBall), typeof(EmaMomentum), typeof(Nesterov), typeof(AdaGradNorm),
        typeof(EmaNorm)];

    // Rules that look at norms, blocks, distances or earlier iterates of all coordinates, or carry a second sequence of points.
    static readonly Type[] Joint =
    [
        typeof(Nesterov), typeof(LinearCoupling), typeof(AdaGradNorm), typeof(EmaNorm), typeof(Normalised), typeof(Clipped),
        typeof(Lookahead), typeof(DoG), typeof(DAdaptation), typeof(Prodigy), typeof(ScheduleFreeSgd),
        typeof(ScheduleFreeAdamW), typeof(Lars), typeof(Lamb), typeof(Adafactor), typeof(Muon), typeof(Shampoo), typeof(Soap),
    ];

    static IEnumerable<Type> Types => typeof(IRule).Assembly.GetExportedTypes().Where(RuleOptionTests.IsRule);

    static IRule Default(Type type) => (IRule)type.GetConstructors()
        .MaxBy(c => c.GetParameters().Length)!.Invoke([.. Numbers(type).Select(p => p.HasDefaultValue ? p.DefaultValue : new Sgd())]);

    static ParameterInfo[] Numbers(Type type) => type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters();

    [Fact]
    public void Rules_know_whether_a_proximal_map_goes_with_them_and_whether_they_can_be_cut()
    {
        foreach (Type type in Types)
        {
            Assert.True((Default(type) is { IsEuclidean: true }) == (Euclidean.Contains(type) || type == typeof(Clipped)),
                $"{type.Name}.IsEuclidean");
            Assert.True((Default(type) is { IsCoordinatewise: true }) == !Joint.Contains(type), $"{type.Name}.IsCoordinatewise");
        }
        Assert.False(new Clipped(new Adam(), 1) is { IsEuclidean: true });
    }

    // Whatever is called a decay lies in [0, 1); ε, λ, clipping and scales are not negative; periods are at least 1.
    [Fact]
    public void Numbers_out_of_range_are_refused_and_the_ends_of_the_range_are_not()
    {
        int tried = 0;
        foreach (Type type in Types)
        {
            ParameterInfo[] parameters = Numbers(type);
            for (int i = 0; i < parameters.Length; i++)
            {
                (object[] bad, object[] good) = (type.Name, parameters[i].Name) switch
                {
                    (_, "Beta" or "Beta1" or "Beta2" or "Beta3" or "Rho") when type != typeof(FtrlProximal) =>
                        (new object[] { -0.01, 1.0 }, new object[] { 0.0, 0.999999 }),
                    ("EmaMomentum" or "Normalised" or "Lookahead", "Alpha") => (new object[] { 0.0, 1.01 }, new object[] { 0.01, 1.0 }),
                    ("AdEmaMix", "Alpha") => (new object[] { -0.01 }, new object[] { 0.0 }),
                    ("Lookahead", "Every") => (new object[] { 0 }, new object[] { 1 }),
                    (_, "Decay" or "L1" or "L2" or "MomentumDecay" or "Power" or "Epsilon1" or "Epsilon2" or "Ratio") =>
                        (new object[] { -0.01 }, new object[] { 0.0 }),
                    ("AdaGradNorm" or "EmaNorm" or "Adadelta" or "Adopt" or "Shampoo", "Epsilon") =>
                        (new object[] { 0.0 }, new object[] { 1e-200 }),
                    ("AdamW" or "NAdam" or "RAdam" or "AdEmaMix" or "Lamb" or "ScheduleFreeAdamW" or "Prodigy" or "Soap"
                        or "DoG", "Epsilon") => (new object[] { -0.01 }, new object[] { 0.0 }),
                    (_, "First" or "Relative" or "Clip") => (new object[] { 0.0 }, new object[] { 1e-200 }),
                    ("Clipped", "Norm" or "Value") => (new object[] { 0.0 }, new object[] { 1e-200, double.PositiveInfinity }),
                    _ => ([], []),
                };
                if (bad.Length > 0 && bad[0] is double) bad = [.. bad, double.NaN];
                foreach (object value in good) Assert.NotNull(With(type, i, value));
                foreach (object value in bad)
                {
                    Exception? inner = Assert.ThrowsAny<TargetInvocationException>(() => With(type, i, value)).InnerException;
                    Assert.IsType<ArgumentOutOfRangeException>(inner);
                    Assert.Contains(type.Name, inner.Message, StringComparison.Ordinal);
                    tried++;
                }
            }
        }
        Assert.True(tried > 100, $"{tried} tried");
    }

    static IRule With(Type type, int index, object value) =>
        (IRule)type.GetConstructors()
            .MaxBy(c => c.GetParameters().Length)!.Invoke(
                [.. Numbers(type).Select((p, i) => i == index ? value : p.HasDefaultValue ? p.DefaultValue : new Sgd())]);

    // A coordinate whose gradients are all zero has moments of zero: 0/0 counts as nothing in every rule.
    [Fact]
    public void A_coordinate_without_gradient_stays_and_no_gradient_at_all_moves_nothing()
    {
        foreach (Type type in Types)
        {
            RuleState<double> state = Default(type).Start<double>(new BlockLayout(new Block("W", 0, 2, 2), new Block("b", 4, 1, 2)));
            double[] w = [1, -2, 3, 0.5, 0, 0];
            for (int t = 0; t < 3; t++)
            {
                double[] before = (double[])w.Clone();
                state.QueryPoint(w);
                state.Apply(w, new double[6], 0.1, t);
                if (type == typeof(AdamW))
                    for (int i = 0; i < 6; i++) Assert.Equal(before[i] * (1 - 0.001), w[i], 1e-15);
                else Assert.True(before.AsSpan().SequenceEqual(w), type.Name);
            }
        }
    }

    // NaN in a gradient is seen in the iterate and not swallowed by a maximum or a comparison.
    [Fact]
    public void A_gradient_that_is_not_a_number_shows()
    {
        foreach (Type type in Types)
        {
            RuleState<double> state = Default(type).Start<double>(BlockLayout.Flat(2));
            double[] w = [1, -2];
            for (int t = 0; t < 3; t++)
            {
                state.QueryPoint(w);
                state.Apply(w, [double.NaN, double.NaN], 0.1, t);
            }
            state.QueryPoint(w);
            Assert.True(double.IsNaN(w[0]), type.Name);
        }
    }
}
