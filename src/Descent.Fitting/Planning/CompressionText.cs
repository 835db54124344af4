using System.Runtime.CompilerServices;
using Descent.Algorithms;
using Descent.Estimators;

namespace Descent.Fitting.Planning;

/// <summary>Compressed gradients in words, and the methods that have none.</summary>
static class CompressionText
{
    /// <summary>"gradients of 4 parts travel as topk:0.01 with error feedback, 120 B a step each instead of 8,000 B"; null where they
    /// travel whole.</summary>
    public static string? Of<T>(MethodSettings settings, int dimension)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        if (settings.Compression is not { } c) return null;
        int bytes = c.Start<T>(dimension).Bytes, whole = dimension * Unsafe.SizeOf<T>();
        return $"the gradients of {Text.Plural(settings.Parts, "part")} travel as {c} with error feedback, {Text.Count(bytes)} "
            + $"bytes a step each instead of {Text.Count(whole)}";
    }

    /// <summary>Refuses a method that does not take compressed gradients.</summary>
    /// <exception cref="FitException">The compression would do nothing.</exception>
    public static void RequireUse(MethodSettings settings, IDescribed method)
    {
        if (settings.Compression is null || method is StochasticMethod { Estimator: Compressed }) return;
        throw new FitException($"`Compression` means nothing to `Method = {settings.Entry.Name}`, which asks for more than the gradients "
            + "of batches. Use sgd, momentum, adam and their kin, with a batch size.");
    }
}
