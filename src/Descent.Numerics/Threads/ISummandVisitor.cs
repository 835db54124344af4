using System.Numerics;

namespace Descent.Numerics;

/// <summary>Is shown the pieces of memory that shards leave for a sum.</summary>
public interface ISummandVisitor
{
    /// <summary>One piece; it may be read and written.</summary>
    void Take<T>(Span<T> summand)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
