using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Models.Autodiff.Compiled;

// The same functions for code that is short enough to take them in.
static class Inlined
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x) => Elementary.Exp(new Lane512<double>(x)).Vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => ElementarySingle.Exp(new Lane512<float>(x)).Vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x) => Elementary.Log(new Lane512<double>(x)).Vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) => ElementarySingle.Log(new Lane512<float>(x)).Vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Tanh(Vector512<double> x) => Elementary.Tanh(new Lane512<double>(x)).Vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => ElementarySingle.Tanh(new Lane512<float>(x)).Vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sigmoid(Vector512<double> x) => Elementary.Sigmoid(new Lane512<double>(x)).Vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => ElementarySingle.Sigmoid(new Lane512<float>(x)).Vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Softplus(Vector512<double> x) => Elementary.Softplus(new Lane512<double>(x)).Vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x) => ElementarySingle.Softplus(new Lane512<float>(x)).Vector;
}
