using System.Diagnostics;

namespace Descent.Tests.Conformance;

public class VectorWidthTests
{
    static string Run(string setting)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Descent.Bits.dll")])
        { RedirectStandardOutput = true };
        if (setting.Length > 0) start.Environment[setting] = "0";
        using Process p = Process.Start(start)!;
        string output = p.StandardOutput.ReadToEnd();
        p.WaitForExit();
        Assert.Equal(0, p.ExitCode);
        return output;
    }

    // Lanes equal scalars: every method, float and double, at 512, 256 and 128 bits and without vectors.
    [Fact]
    public void Every_method_gives_the_same_bits_at_every_vector_width()
    {
        string[] full = Run("").Split('\n');
        Assert.True(full.Length > 100);
        foreach (string setting in new[] { "DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic" })
        {
            string[] other = Run(setting).Split('\n');
            for (int i = 0; i < full.Length; i++) Assert.True(full[i] == other[i], $"{setting}=0: {full[i]} became {other[i]}");
        }
    }
}
