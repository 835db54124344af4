using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Intrinsics;

namespace Descent.Models.Autodiff.Compiled;

/// <summary>Expressions on vectors of 512 bits, so that generated code reads like the formula it computes.</summary>
static class Lanes<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    delegate Vector512<T> Loader(ref readonly T from);

    delegate void Storer(Vector512<T> v, ref T to);

    delegate Vector512<double> OfDoubles(Vector512<double> x);

    delegate Vector512<float> OfSingles(Vector512<float> x);

    static readonly MethodInfo load = ((Loader)Vector512.LoadUnsafe).Method, store = ((Storer)Vector512.StoreUnsafe).Method, create = ((Func<T, Vector512<T>>)Vector512.Create).Method,
        sum = ((Func<Vector512<T>, T>)Vector512.Sum).Method, abs = ((Func<Vector512<T>, Vector512<T>>)Vector512.Abs).Method, root = ((Func<Vector512<T>, Vector512<T>>)Vector512.Sqrt).Method,
        larger = Pair(Vector512.Max), equal = Pair(Vector512.Equals), above = Pair(Vector512.GreaterThan), below = Pair(Vector512.LessThan), atMost = Pair(Vector512.LessThanOrEqual),
        select = ((Func<Vector512<T>, Vector512<T>, Vector512<T>, Vector512<T>>)Vector512.ConditionalSelect).Method,
        fused = typeof(T) == typeof(double) ? ((Func<Vector512<double>, Vector512<double>, Vector512<double>, Vector512<double>>)Vector512.FusedMultiplyAdd).Method
            : ((Func<Vector512<float>, Vector512<float>, Vector512<float>, Vector512<float>>)Vector512.FusedMultiplyAdd).Method;

    /// <summary>0 in every lane.</summary>
    public static Expression Zero { get; } = Expression.Property(null, typeof(Vector512<T>), nameof(Vector512<T>.Zero));

    /// <summary>1 in every lane.</summary>
    public static Expression One { get; } = Expression.Property(null, typeof(Vector512<T>), nameof(Vector512<T>.One));

    /// <summary>One number in every lane.</summary>
    public static Expression Same(Expression number) => Expression.Call(create, number);

    /// <summary>The lanes of an array from a place on.</summary>
    public static Expression Load(Expression array, Expression at) => Expression.Call(load, Expression.ArrayAccess(array, at));

    /// <summary>Writes lanes into an array.</summary>
    public static Expression Store(Expression v, Expression array, Expression at) => Expression.Call(store, v, Expression.ArrayAccess(array, at));

    /// <summary>The sum of the lanes.</summary>
    public static Expression Sum(Expression v) => Expression.Call(sum, v);

    /// <summary>a·b + c, rounded once.</summary>
    public static Expression Fused(Expression a, Expression b, Expression c) => Expression.Call(fused, a, b, c);

    /// <summary>max(a, b).</summary>
    public static Expression Larger(Expression a, Expression b) => Expression.Call(larger, a, b);

    /// <summary>Lanes where a = b.</summary>
    public static Expression AreEqual(Expression a, Expression b) => Expression.Call(equal, a, b);

    /// <summary>Lanes where a &gt; b.</summary>
    public static Expression IsAbove(Expression a, Expression b) => Expression.Call(above, a, b);

    /// <summary>Lanes where a &lt; b.</summary>
    public static Expression IsBelow(Expression a, Expression b) => Expression.Call(below, a, b);

    /// <summary>One of two, lane by lane.</summary>
    public static Expression Select(Expression where, Expression then, Expression otherwise) => Expression.Call(select, where, then, otherwise);

    /// <summary>An elementwise operation of two.</summary>
    public static Expression Binary(string name, Expression a, Expression b) => name switch
    {
        "+" => Expression.Add(a, b),
        "×" => Expression.Multiply(a, b),
        "÷" => Expression.Divide(a, b),
        _ => Expression.Subtract(a, b),
    };

    /// <summary>A function of every lane; the elementary ones are called or left to be inlined.</summary>
    public static Expression Unary(string name, Expression x, bool called) => name switch
    {
        // Comparing so lets a NaN through.
        "Relu" => Select(Expression.Call(atMost, x, Zero), Zero, x),
        "Abs" => Expression.Call(abs, x),
        "Sqrt" => Expression.Call(root, x),
        _ => Expression.Call(Function(name, called), x),
    };

    static MethodInfo Function(string name, bool called) => (typeof(T) == typeof(double), called) switch
    {
        (true, true) => Of<OfDoubles>(name, Called.Exp, Called.Log, Called.Tanh, Called.Sigmoid, Called.Softplus),
        (false, true) => Of<OfSingles>(name, Called.Exp, Called.Log, Called.Tanh, Called.Sigmoid, Called.Softplus),
        (true, false) => Of<OfDoubles>(name, Inlined.Exp, Inlined.Log, Inlined.Tanh, Inlined.Sigmoid, Inlined.Softplus),
        _ => Of<OfSingles>(name, Inlined.Exp, Inlined.Log, Inlined.Tanh, Inlined.Sigmoid, Inlined.Softplus),
    };

    static MethodInfo Of<F>(string name, F exp, F log, F tanh, F sigmoid, F softplus)
        where F : Delegate
    {
        F f = name switch
        {
            "Exp" => exp,
            "Log" => log,
            "Tanh" => tanh,
            "Sigmoid" => sigmoid,
            "Softplus" => softplus,
            _ => throw new ArgumentException($"There is no code for {name}."),
        };
        return f.Method;
    }

    static MethodInfo Pair(Func<Vector512<T>, Vector512<T>, Vector512<T>> f) => f.Method;
}
