using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Descent.Algorithms;
using Descent.Estimators;
using Descent.Oracles;
using Descent.Rules;
using Descent.Sets;
using Descent.StepSizes;

namespace Descent.Tests;

/// <summary>Descriptions of rules, step sizes, estimators, sets and methods refuse the numbers with which they would have no meaning, when they are made.</summary>
public class DescriptionTests
{
    // What is allowed, and why; everything else is refused with a sentence.
    static readonly Dictionary<string, string> Allowed = new()
    {
        ["Clipped.Norm = Infinity"] = "no limit on the norm",
        ["Clipped.Value = Infinity"] = "no limit on the entries",
        ["DAdaptation.Growth = Infinity"] = "no limit on growth",
        ["Prodigy.Growth = Infinity"] = "no limit on growth",
        ["Polyak.Max = Infinity"] = "no largest step: Polyak's own",
        ["Polyak.Least = -1"] = "losses may be negative",
    };

    static readonly Type[] Roles =
    [
        typeof(IRule), typeof(IStepSize), typeof(IProximalMap), typeof(IMethod<double, IGradientOracle<double>>), typeof(IMethod<double, IHessianMatrixOracle<double>>),
        typeof(IMethod<double, IHessianOracle<double>>), typeof(IMethod<double, IStochasticOracle<double>>), typeof(IMethod<double, IFiniteSumOracle<double>>),
        typeof(StochasticEstimator), typeof(FiniteSumEstimator), typeof(Averaging),
    ];

    static readonly Type[] Described = [.. typeof(IRule).Assembly.GetExportedTypes().Where(IsDescription)];

    public static TheoryData<string> Names => [.. Described.Select(t => t.Name)];

    static bool IsDescription(Type t) => t is { IsAbstract: false, IsGenericType: false } && Roles.Any(r => r.IsAssignableFrom(t))
        && t.GetMethod("<Clone>$") is not null && Made(t) is { } c && c.GetParameters().Any(p => IsNumber(p.ParameterType));

    static ConstructorInfo? Made(Type t) => t.GetConstructors().MaxBy(c => c.GetParameters().Length);

    static bool IsNumber(Type t) => t == typeof(double) || t == typeof(double?);

    [Theory]
    [MemberData(nameof(Names))]
    public void Numbers_without_a_meaning_are_refused_when_a_description_is_made(string name)
    {
        Type type = Described.Single(t => t.Name == name);
        ConstructorInfo make = Made(type)!;
        object?[] good = [.. make.GetParameters().Select(Example)];
        Assert.NotNull(make.Invoke(good));
        List<string> faults = [];
        foreach (ParameterInfo p in make.GetParameters().Where(p => IsNumber(p.ParameterType)))
        {
            foreach (double bad in new[] { double.NaN, -1, double.PositiveInfinity })
            {
                object?[] arguments = [.. good];
                arguments[p.Position] = bad;
                string key = string.Create(CultureInfo.InvariantCulture, $"{name}.{p.Name} = {bad}");
                Exception? e = Record.Exception(() => make.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null));
                if (Allowed.ContainsKey(key) ? e is not null : e is not ArgumentException || !e.Message.Contains("got", StringComparison.Ordinal))
                    faults.Add($"{key}: {e?.Message ?? "accepted"}");
            }
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public void Many_descriptions_are_looked_at_and_no_permission_is_idle()
    {
        Assert.InRange(Described.Length, 50, 200);
        foreach (string key in Allowed.Keys) Assert.Contains(key[..key.IndexOf('.', StringComparison.Ordinal)], Described.Select(t => t.Name));
    }

    static object? Example(ParameterInfo p)
    {
        if (p.HasDefaultValue) return p.DefaultValue;
        Type t = p.ParameterType;
        if (t == typeof(double)) return p.Name is "To" ? 64.0 : p.Name is "Min" or "End" ? 0.01 : p.Name is "Horizon" or "Steps" ? 100.0 : p.Name is "Times" ? 2.0 : 0.5;
        if (t == typeof(double?)) return 0.5;
        if (t == typeof(long)) return 10L;
        if (t == typeof(int)) return 2;
        if (t == typeof(IStepSize)) return new Constant(0.1);
        if (t == typeof(IRule)) return new Sgd();
        if (t == typeof(Sampling)) return new Sampling();
        if (t == typeof(AverageKind)) return AverageKind.Uniform;
        return t.IsValueType ? RuntimeHelpers.GetUninitializedObject(t) : null;
    }
}
