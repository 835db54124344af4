using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Intrinsics;

namespace Descent.Autodiff.Compiled;

/// <summary>Expressions on vectors of the width that the processor has,
/// so that generated code reads like the formula it computes.</summary>
/// <remarks>On the platform's vectors, not on lanes:
/// every lane in generated code would be two variables to the just-in-time compiler, which looks after a thousand.</remarks>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="operations">The class of the operations.</param>
/// <param name="vector">The vector's type.</param>
/// <param name="count">Elements of a vector.</param>
[RequiresDynamicCode(GeneratedCode.Reason)]
sealed class LaneCode<T>(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type operations,
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties
        | DynamicallyAccessedMemberTypes.NonPublicProperties)] Type vector,
    int count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Dictionary<string, MethodInfo> known = [];

    /// <summary>Elements of 512 bits: the width by which sums are defined.</summary>
    public static int Whole => Vector512<T>.Count;

    /// <summary>The widest vectors of this processor.</summary>
    public static LaneCode<T> Widest { get; } = Vector512.IsHardwareAccelerated
        ? new(typeof(Vector512), typeof(Vector512<T>), Vector512<T>.Count)
        : Vector256.IsHardwareAccelerated ? new(typeof(Vector256), typeof(Vector256<T>), Vector256<T>.Count)
        : new(typeof(Vector128), typeof(Vector128<T>), Vector128<T>.Count);

    /// <summary>The vector's type.</summary>
    public Type Type => vector;

    /// <summary>Elements of a vector.</summary>
    public int Count => count;

    /// <summary>0 in every element.</summary>
    public Expression Zero => Expression.Property(null, vector, "Zero");

    /// <summary>1 in every element.</summary>
    public Expression One => Expression.Property(null, vector, "One");

    /// <summary>One number in every element.</summary>
    public Expression Same(Expression number) => Expression.Call(Method("Create", 1), number);

    /// <summary>The elements of an array from a place on.</summary>
    public Expression Load(Expression array, Expression at) => Expression.Call(Method("LoadUnsafe", 1), Expression.ArrayAccess(array, at));

    /// <summary>Writes the elements into an array.</summary>
    public Expression Store(Expression v, Expression array, Expression at) =>
        Expression.Call(Method("StoreUnsafe", 2), v, Expression.ArrayAccess(array, at));

    /// <summary>The sum of the elements: of the low half and of the high half, and so on.</summary>
    public Expression Sum(Expression v) => Expression.Call(Method("Sum", 1), v);

    /// <summary>a·b + c, rounded once.</summary>
    public Expression Fused(Expression a, Expression b, Expression c) =>
        Expression.Call(operations.GetMethod("FusedMultiplyAdd", [vector, vector, vector])!, a, b, c);

    /// <summary>max(a, b).</summary>
    public Expression Larger(Expression a, Expression b) => Expression.Call(Method("Max", 2), a, b);

    /// <summary><c>a = b ? then : otherwise</c>.</summary>
    public Expression IfEqual(Expression a, Expression b, Expression then, Expression otherwise) =>
        Select(Expression.Call(Method("Equals", 2), a, b), then, otherwise);

    /// <summary><c>a &lt; b ? then : otherwise</c>.</summary>
    public Expression IfLess(Expression a, Expression b, Expression then, Expression otherwise) =>
        Select(Expression.Call(Method("LessThan", 2), a, b), then, otherwise);

    /// <summary><c>a ≤ b ? then : otherwise</c>; a NaN is not at most anything.</summary>
    public Expression IfAtMost(Expression a, Expression b, Expression then, Expression otherwise) =>
        Select(Expression.Call(Method("LessThanOrEqual", 2), a, b), then, otherwise);

    /// <summary>|x|.</summary>
    public Expression Absolute(Expression x) => Expression.Call(Method("Abs", 1), x);

    /// <summary>√x.</summary>
    public Expression Root(Expression x) => Expression.Call(Method("Sqrt", 1), x);

    /// <summary>An elementary function of <see cref="Called"/>.</summary>
    public Expression Call(string function, Expression x) => Expression.Call(typeof(Called).GetMethod(function, [vector])!, x);

    Expression Select(Expression where, Expression then, Expression otherwise) =>
        Expression.Call(Method("ConditionalSelect", 3), where, then, otherwise);

    [UnconditionalSuppressMessage("Trimming", "IL2060",
        Justification = "The methods of the vectors' classes ask nothing of their type parameter.")]
    MethodInfo Method(string name, int parameters)
    {
        if (known.TryGetValue(name, out MethodInfo? found)) return found;
        return known[name] = operations.GetMethods().Single(m => Fits(m, name, parameters)).MakeGenericMethod(typeof(T));
    }

    // One element, a reference to one, or a vector comes first; arrays, spans and pointers are other overloads.
    static bool Fits(MethodInfo m, string name, int parameters)
    {
        if (m.Name != name || !m.IsGenericMethodDefinition || m.GetGenericArguments().Length != 1
            || m.GetParameters() is not { Length: > 0 } all || all.Length != parameters) return false;
        Type first = all[0].ParameterType;
        return name == "Create" ? first.IsGenericParameter : !first.IsArray && !first.IsPointer;
    }
}
