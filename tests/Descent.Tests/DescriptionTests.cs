using System.Reflection;
using Descent.Algorithms;
using Descent.StepSizes;

namespace Descent.Tests;

/// <summary>A description holds numbers that mean something, or is refused when it is made.</summary>
public class DescriptionTests
{
    // Numbers that may be what looks odd, and why.
    static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["Polyak.Least = -1"] = "a lower bound on the losses, which may be negative",
        ["Polyak.Max = Infinity"] = "no cap",
        ["DAdaptation.Growth = Infinity"] = "no limit to growth",
        ["Prodigy.Growth = Infinity"] = "no limit to growth",
        ["Clipped.Norm = Infinity"] = "not clipped by norm",
        ["Clipped.Value = Infinity"] = "not clipped by value",
        ["LocalSgd.Period = Infinity"] = "one average, at the end",
        ["ServerMethod.Slack = Infinity"] = "no bound on the staleness",
    };

    static object? Plain(ParameterInfo p)
    {
        Type t = p.ParameterType;
        if (p.HasDefaultValue && p.DefaultValue is not null && (p.DefaultValue is not double d || double.IsFinite(d)))
            return p.DefaultValue;
        if (t == typeof(double) || t == typeof(double?)) return p.Name is "Horizon" or "Steps" or "Times" or "Growth" ? 2.0 : 0.5;
        if (t == typeof(int) || t == typeof(long)) return t == typeof(int) ? 10 : (object)10L;
        if (t == typeof(IStepSize)) return new Constant(0.1);
        if (t == typeof(Descent.Rules.IRule)) return new Descent.Rules.Sgd();
        if (t == typeof(Descent.Sets.IProximalMap)) return p.HasDefaultValue ? null : new Descent.Sets.Ball(1);
        if (t == typeof(double[])) return new[] { 0.5 };
        return p.HasDefaultValue ? p.DefaultValue : null;
    }

    [Fact]
    public void Every_number_of_a_description_is_guarded()
    {
        List<string> accepted = [];
        int tried = 0;
        foreach (Type t in typeof(Methods).Assembly.GetExportedTypes())
        {
            if (t.IsAbstract || t.IsGenericTypeDefinition || t.GetMethod("<Clone>$") is null) continue;
            if (!(typeof(IStepSize).IsAssignableFrom(t) || typeof(IDescribed).IsAssignableFrom(t)
                || typeof(Descent.Rules.IRule).IsAssignableFrom(t) || typeof(Descent.Sets.IProximalMap).IsAssignableFrom(t)
                || t.Namespace is "Descent.Estimators")) continue;
            foreach (ConstructorInfo c in t.GetConstructors())
            {
                ParameterInfo[] all = c.GetParameters();
                if (all.Length == 1 && all[0].ParameterType == t) continue;
                foreach (ParameterInfo p in all.Where(p => p.ParameterType == typeof(double) || p.ParameterType == typeof(double?)))
                {
                    object?[] plain = [.. all.Select(Plain)];
                    try
                    {
                        c.Invoke(plain);
                    }
                    catch (TargetInvocationException e)
                    {
                        accepted.Add($"{t.Name}({string.Join(", ", all.Select(a => a.Name))}) cannot be made with plain numbers: "
                            + $"{e.InnerException!.Message}");
                        continue;
                    }
                    foreach (double x in new[] { double.NaN, -1, double.PositiveInfinity })
                    {
                        object?[] odd = [.. plain];
                        odd[p.Position] = x;
                        tried++;
                        try
                        {
                            c.Invoke(odd);
                            string name = FormattableString.Invariant($"{t.Name}.{p.Name} = {x}");
                            if (!Allowed.ContainsKey(name)) accepted.Add(name);
                        }
                        catch (TargetInvocationException e) when (e.InnerException is ArgumentException a)
                        {
                            Assert.True(a.Message.Length > 20, a.Message);
                        }
                    }
                }
            }
        }
        Assert.True(tried > 100, $"{tried} numbers were tried");
        Assert.True(accepted.Count == 0, string.Join("\n", accepted));
    }
}
