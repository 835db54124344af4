using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Autodiff.Compiled;

// Elementary functions for generated code. They are called:
// the just-in-time compiler stops inlining at 512 variables, and a loop with some inlined and some not is the slowest of all.
static class Called
{
    const MethodImplOptions Apart = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    [MethodImpl(Apart)]
    public static Vector512<double> Exp(Vector512<double> x) => Elementary.Exp(new Lane512<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector512<float> Exp(Vector512<float> x) => ElementarySingle.Exp(new Lane512<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector256<double> Exp(Vector256<double> x) => Elementary.Exp(new Lane256<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector256<float> Exp(Vector256<float> x) => ElementarySingle.Exp(new Lane256<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector128<double> Exp(Vector128<double> x) => Elementary.Exp(new Lane128<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector128<float> Exp(Vector128<float> x) => ElementarySingle.Exp(new Lane128<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector512<double> Log(Vector512<double> x) => Elementary.Log(new Lane512<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector512<float> Log(Vector512<float> x) => ElementarySingle.Log(new Lane512<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector256<double> Log(Vector256<double> x) => Elementary.Log(new Lane256<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector256<float> Log(Vector256<float> x) => ElementarySingle.Log(new Lane256<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector128<double> Log(Vector128<double> x) => Elementary.Log(new Lane128<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector128<float> Log(Vector128<float> x) => ElementarySingle.Log(new Lane128<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector512<double> Tanh(Vector512<double> x) => Elementary.Tanh(new Lane512<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector512<float> Tanh(Vector512<float> x) => ElementarySingle.Tanh(new Lane512<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector256<double> Tanh(Vector256<double> x) => Elementary.Tanh(new Lane256<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector256<float> Tanh(Vector256<float> x) => ElementarySingle.Tanh(new Lane256<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector128<double> Tanh(Vector128<double> x) => Elementary.Tanh(new Lane128<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector128<float> Tanh(Vector128<float> x) => ElementarySingle.Tanh(new Lane128<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector512<double> Sigmoid(Vector512<double> x) => Elementary.Sigmoid(new Lane512<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => ElementarySingle.Sigmoid(new Lane512<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector256<double> Sigmoid(Vector256<double> x) => Elementary.Sigmoid(new Lane256<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => ElementarySingle.Sigmoid(new Lane256<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector128<double> Sigmoid(Vector128<double> x) => Elementary.Sigmoid(new Lane128<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector128<float> Sigmoid(Vector128<float> x) => ElementarySingle.Sigmoid(new Lane128<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector512<double> Softplus(Vector512<double> x) => Elementary.Softplus(new Lane512<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector512<float> Softplus(Vector512<float> x) => ElementarySingle.Softplus(new Lane512<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector256<double> Softplus(Vector256<double> x) => Elementary.Softplus(new Lane256<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector256<float> Softplus(Vector256<float> x) => ElementarySingle.Softplus(new Lane256<float>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector128<double> Softplus(Vector128<double> x) => Elementary.Softplus(new Lane128<double>(x)).Vector;

    [MethodImpl(Apart)]
    public static Vector128<float> Softplus(Vector128<float> x) => ElementarySingle.Softplus(new Lane128<float>(x)).Vector;
}
