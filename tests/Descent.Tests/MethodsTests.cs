using System.Reflection;
using Descent.Algorithms;
using Descent.Oracles;
using Descent.StepSizes;

namespace Descent.Tests;

/// <summary>A function of <see cref="Methods"/> and its entry of the catalogue are one thing:
/// numbers, names, defaults, what is built.</summary>
public class MethodsTests
{
    const double H = 8, Mu = 0.5;

    static readonly Sampling Own = new(SampleOrder.Sequential, 7);

    // What a program gives that is no number of the method: steps, samples, sets, constants of the problem.
    static readonly string[] Frame = ["eta", "sampling", "set", "order", "smoothness", "mu", "threads"];

    // Numbers that a fit leaves at their defaults.
    static readonly string[] ForPrograms = ["LineSearch.initial", "Fista.restart", "Svrg.period"];

    // They take a rule or a method, or need a model that no fit has.
    static readonly string[] WithoutEntry = ["Average", "Accumulated", "Clipped", "FisherScoring"];

    static IEnumerable<MethodInfo> All => typeof(Methods).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(m => !WithoutEntry.Contains(m.Name) && m.GetParameters() is not [{ Name: "inner" }, ..]);

    public static TheoryData<string> Functions => [.. All.Where(m => !TakesNumber(m)).Select(m => m.Name)];

    public static TheoryData<string> Overloads => [.. All.Where(TakesNumber).Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Numbers_have_the_names_order_and_defaults_of_the_entry(string name)
    {
        CatalogueEntry entry = Entry(name);
        ParameterInfo[] numbers = [.. Numbers(Function(name))];
        Assert.Equal(entry.Parameters.Select(p => Camel(p.Name)), numbers.Select(p => p.Name));
        foreach (var (own, p) in numbers.Zip(entry.Parameters))
        {
            if (double.IsNaN(p.Default))
                Assert.True(!own.HasDefaultValue || own.DefaultValue is null, $"{name}: {own.Name} has no default");
            else Assert.Equal(p.Default, Convert.ToDouble(own.DefaultValue, null));
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void What_is_built_is_what_the_entry_builds(string name)
    {
        CatalogueEntry entry = Entry(name);
        Same(entry, Function(name), Own, []);
        foreach (MethodParameter p in entry.Parameters) Same(entry, Function(name), Own, new() { [p.Name] = Other(p) });
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Samples_come_in_the_order_of_the_entry_where_none_are_given(string name)
    {
        MethodInfo function = Function(name);
        if (function.GetParameters().Any(p => p.Name == "sampling")) Same(Entry(name), function, null, []);
    }

    [Theory]
    [MemberData(nameof(Overloads))]
    public void A_number_is_a_constant_step_size(string name)
    {
        MethodInfo typed = Function(name), plain = All.Single(m => m.Name == name && TakesNumber(m));
        (string?, Type, object?)[] rest(MethodInfo m) =>
            [.. m.GetParameters()[1..].Select(p => (p.Name, p.ParameterType, p.RawDefaultValue))];
        Assert.Equal(rest(typed), rest(plain));
        Assert.Equal(typed.GetParameters()[0].Name, plain.GetParameters()[0].Name);
        object?[] others = [.. typed.GetParameters()[1..].Select(p => p.Name == "sampling" ? Own
            : p.ParameterType == typeof(double) ? 0.37 : p.ParameterType == typeof(int) || p.ParameterType == typeof(long)
            ? Convert.ChangeType(3, p.ParameterType, null) : p.HasDefaultValue ? p.DefaultValue : null)];
        Assert.Equal(typed.Invoke(null, [new Constant(0.25), .. others]), plain.Invoke(null, [0.25, .. others]));
    }

    [Fact]
    public void Every_entry_has_a_function_of_its_own()
    {
        string[] reached = [.. All.Select(m => Entry(m.Name).Name).Distinct()];
        // Methods.Average around Methods.Sgd.
        Assert.Equal(["averaged-sgd"], Catalogue.All.Select(e => e.Name).Except(reached));
        Assert.All(WithoutEntry, n => Assert.NotEmpty(typeof(Methods).GetMember(n)));
        Assert.All(ForPrograms, n => Assert.Contains(Function(n.Split('.')[0]).GetParameters(), p => p.Name == n.Split('.')[1]));
    }

    static void Same(CatalogueEntry entry, MethodInfo function, Sampling? sampling, Dictionary<string, double> given)
    {
        foreach (MethodParameter p in entry.Parameters.Where(p => double.IsNaN(p.Default) && p.Name != "J")) given.TryAdd(p.Name, 2);
        bool samples = function.GetParameters().Any(p => p.Name == "sampling");
        MethodSettings settings = new(entry)
        {
            Smoothness = H,
            StrongConvexity = Mu,
            Sampling = samples ? sampling ?? new Sampling(entry.Order) : entry.Needs == Needs.FiniteSum ? new Sampling() : null,
            Given = given,
        };
        bool steps = TakesStep(function) && sampling is not null;
        settings = settings with { StepSize = steps ? new Power(0.3) : new Constant(entry.Step?.Of(settings) ?? 1) };
        object?[] arguments = [.. function.GetParameters().Select(Argument)];
        Assert.Equal(settings.Build(), function.Invoke(null, arguments));

        object? Argument(ParameterInfo p)
        {
            if (p.Position == 0 && TakesStep(function)) return p.HasDefaultValue && !steps ? null : settings.StepSize;
            if (p.Name == "sampling") return sampling;
            if (p.Name == "smoothness") return H;
            if (p.Name == "mu") return Mu;
            foreach (MethodParameter n in entry.Parameters)
                if (Camel(n.Name) == p.Name && given.TryGetValue(n.Name, out double value))
                    return Convert.ChangeType(value, Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType, null);
            return p.DefaultValue;
        }
    }

    // A value that is allowed and is not the default.
    static double Other(MethodParameter p) => new[] { 3, 0.37 }.First(v => p.Allows(v) && !v.Equals(p.Default));

    static MethodInfo Function(string name) => All.Single(m => m.Name == name && !TakesNumber(m));

    static bool TakesStep(MethodInfo m) => m.GetParameters() is [{ ParameterType: var t }, ..] && t == typeof(IStepSize);

    static bool TakesNumber(MethodInfo m) =>
        !TakesStep(m) && All.Any(o => o.Name == m.Name && o != m && TakesStep(o));

    static IEnumerable<ParameterInfo> Numbers(MethodInfo m) => m.GetParameters()
        .Where(p => !(p.Position == 0 && TakesStep(m)) && !Frame.Contains(p.Name) && !ForPrograms.Contains($"{m.Name}.{p.Name}"));

    static CatalogueEntry Entry(string function)
    {
        string name = function.EndsWith("Full", StringComparison.Ordinal) ? function[..^4] : function;
        return Catalogue.All.Single(e => e.Aliases.Prepend(e.Name)
            .Any(n => n.Replace("-", "", StringComparison.Ordinal).Equals(name, StringComparison.OrdinalIgnoreCase)));
    }

    static string Camel(string name) => string.Concat(name.Split('-').Select((w, k) =>
        (k == 0 ? char.ToLowerInvariant(w[0]) : char.ToUpperInvariant(w[0])) + w[1..]));
}
