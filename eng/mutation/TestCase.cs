using System.Reflection;
using Xunit;
using Xunit.Sdk;

namespace Descent.Mutation;

/// <summary>One fact, or one row of a theory, run by reflection: no framework between the mutant and its test.</summary>
sealed record TestCase(string Name, MethodInfo Method, object?[] Arguments)
{
    public static IEnumerable<TestCase> Of(Assembly assembly)
    {
        foreach (Type type in assembly.GetExportedTypes().Where(t => !t.IsAbstract && !t.ContainsGenericParameters))
        {
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            {
                if (method.GetCustomAttribute<FactAttribute>() is not { Skip: null } fact) continue;
                string name = $"{type.FullName}.{method.Name}";
                if (fact is not TheoryAttribute)
                {
                    yield return new TestCase(name, method, []);
                    continue;
                }
                int row = 0;
                foreach (DataAttribute data in method.GetCustomAttributes<DataAttribute>().Where(d => d.Skip is null))
                    foreach (object?[] arguments in data.GetData(method)) yield return new TestCase($"{name}[{row++}]", method, arguments);
            }
        }
    }

    /// <summary>Whether it passes.</summary>
    public bool Passes()
    {
        try
        {
            object? instance = Method.IsStatic ? null : Activator.CreateInstance(Method.DeclaringType!);
            MethodInfo method = Method.IsGenericMethodDefinition ? Method.MakeGenericMethod([.. Method.GetGenericArguments().Select((_, i) => Arguments[i]!.GetType())]) : Method;
            object? result = method.Invoke(instance, [.. method.GetParameters().Select(Argument)]);
            if (result is Task task) task.GetAwaiter().GetResult();
            (instance as IDisposable)?.Dispose();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    object? Argument(ParameterInfo p)
    {
        object? value = p.Position < Arguments.Length ? Arguments[p.Position] : p.DefaultValue;
        Type type = Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType;
        return value is IConvertible && value.GetType() != type && type.IsPrimitive ? Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture) : value;
    }
}
