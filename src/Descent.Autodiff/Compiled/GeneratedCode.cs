using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Descent.Autodiff.Compiled;

/// <summary>Whether small plans may become code. A native executable has no compiler;
/// interpreting expression trees there would be slower than going through a plan step by step.</summary>
static class GeneratedCode
{
    /// <summary>Why native executables go without.</summary>
    public const string Reason = "Generated code needs a just-in-time compiler.";

    /// <summary>Whether there is a just-in-time compiler.</summary>
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    public static bool IsPossible => RuntimeFeature.IsDynamicCodeCompiled;
}
