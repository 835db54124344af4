using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Descent.Autodiff.Compiled;

namespace Descent.Cli.Commands;

/// <summary>
/// <c>descent --version</c>: the version, and what decides how fast this very process is: its runtime, its vectors, and whether small
/// networks become code.
/// </summary>
sealed class VersionAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "unknown");
        output.WriteLine($"{"runtime",-9}{RuntimeInformation.FrameworkDescription}, "
            + $"{(RuntimeFeature.IsDynamicCodeSupported ? "just-in-time compiler" : "native executable")}, "
            + $"{RuntimeInformation.RuntimeIdentifier}");
        output.WriteLine($"{"vectors",-9}{Width} bits");
        output.WriteLine($"{"plans",-9}{(GeneratedCode.IsPossible ? "compiled" : "interpreted")}");
        return ExitCode.Done;
    }

    // As the kernels choose it.
    static int Width => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
