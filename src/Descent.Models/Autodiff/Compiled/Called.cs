using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Models.Autodiff.Compiled;

// Elementary functions that are called: the just-in-time compiler stops inlining at 512 variables, and a loop with some inlined and some not is the slowest of all.
static class Called
{
    const MethodImplOptions Apart = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    [MethodImpl(Apart)]
    public static Vector512<double> Exp(Vector512<double> x) => ElementaryFunctions.Exp(x);

    [MethodImpl(Apart)]
    public static Vector512<float> Exp(Vector512<float> x) => ElementaryFunctions.Exp(x);

    [MethodImpl(Apart)]
    public static Vector512<double> Log(Vector512<double> x) => ElementaryFunctions.Log(x);

    [MethodImpl(Apart)]
    public static Vector512<float> Log(Vector512<float> x) => ElementaryFunctions.Log(x);

    [MethodImpl(Apart)]
    public static Vector512<double> Tanh(Vector512<double> x) => ElementaryFunctions.Tanh(x);

    [MethodImpl(Apart)]
    public static Vector512<float> Tanh(Vector512<float> x) => ElementaryFunctions.Tanh(x);

    [MethodImpl(Apart)]
    public static Vector512<double> Sigmoid(Vector512<double> x) => ElementaryFunctions.Sigmoid(x);

    [MethodImpl(Apart)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => ElementaryFunctions.Sigmoid(x);

    [MethodImpl(Apart)]
    public static Vector512<double> Softplus(Vector512<double> x) => ElementaryFunctions.Softplus(x);

    [MethodImpl(Apart)]
    public static Vector512<float> Softplus(Vector512<float> x) => ElementaryFunctions.Softplus(x);
}
