using Descent.Runs;

namespace Descent.Models.Certificates;

// Bounds that were found stay valid, so they are state; all else is worked out again from the risk.
public sealed partial class RiskCertifier<T>
{
    /// <inheritdoc/>
    public void Visit(IStateVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        (double bound, double allowance, int kind, string sentence) = (best.Bound, best.Allowance, (int)best.Kind, best.Sentence);
        visitor.Number("bound", ref bound);
        visitor.Number("allowance", ref allowance);
        visitor.Number("kind", ref kind);
        visitor.Words("sentence", ref sentence);
        if (!Enum.IsDefined((CertificateKind)kind)) throw new FormatException($"{kind} is no kind of certificate.");
        best = new Offer(bound, allowance, (CertificateKind)kind, sentence);
        visitor.Flag("tight", ref tight);
        visitor.Flag("attained", ref attained);
        visitor.Number("attempts", ref attempts);
        last = visitor.Array("last", last);
    }
}
