using System.Numerics;

namespace Descent.Numerics;

/// <summary>Is shown the pieces of memory that shards leave for a sum.</summary>
public interface ISummandVisitor
{
    /// <summary>One piece; it may be read and written.</summary>
    void Take<T>(Span<T> summand)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Bytes that are brought along as they are and never added, of work that may not be added.</summary>
    void Bring(Span<byte> bytes);
}
