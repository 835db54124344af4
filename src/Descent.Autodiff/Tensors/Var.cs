using Descent.Autodiff.Operations;

namespace Descent.Autodiff;

/// <summary>A tensor on a tape: a number that remembers how it was made.</summary>
/// <typeparam name="T">Element type.</typeparam>
public readonly partial struct Var<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal Var(Tape<T> tape, int index)
    {
        Tape = tape;
        Index = index;
    }

    /// <summary>The tape it lies on.</summary>
    public Tape<T> Tape { get; }

    /// <summary>Its place on the tape.</summary>
    public int Index { get; }

    /// <summary>Its shape.</summary>
    public Shape Shape => Tape.NodeAt(Index).Shape;

    /// <summary>How far apart its entries lie.
    /// Slices, permutations, transposes and broadcasts are views of the memory of what they were made from.</summary>
    public Strides Strides => Tape.NodeAt(Index).Strides;

    /// <summary>Its value, row-major; a view whose entries do not lie so is copied at the first look.
    /// Valid until the tape is reset.</summary>
    public ReadOnlySpan<T> Value => Tape.ValueOf(Index);

    /// <summary>The value of a tensor of one entry.</summary>
    public double Scalar => Shape.Length == 1
        ? double.CreateTruncating(Value[0])
        : throw new InvalidOperationException($"Scalar: one entry is needed; the shape is {Shape}.");

    /// <summary>a + b entry by entry; shapes are broadcast from the last dimension on.</summary>
    public static Var<T> operator +(Var<T> a, Var<T> b) => Binary<T, Plus<T>>.Of(a, b);

    /// <summary>a − b entry by entry; shapes are broadcast from the last dimension on.</summary>
    public static Var<T> operator -(Var<T> a, Var<T> b) => Binary<T, Minus<T>>.Of(a, b);

    /// <summary>a·b entry by entry; shapes are broadcast from the last dimension on.</summary>
    public static Var<T> operator *(Var<T> a, Var<T> b) => Binary<T, Times<T>>.Of(a, b);

    /// <summary>a/b entry by entry; shapes are broadcast from the last dimension on.</summary>
    public static Var<T> operator /(Var<T> a, Var<T> b) => Binary<T, Over<T>>.Of(a, b);

    /// <summary>−a entry by entry, of the same shape.</summary>
    public static Var<T> operator -(Var<T> a) => a * -1;

    /// <summary>a + c with the same number for every entry.</summary>
    public static Var<T> operator +(Var<T> a, double b) => a + a.Tape.Constant(b);

    /// <summary>Adds to a number.</summary>
    public static Var<T> operator +(double a, Var<T> b) => b + a;

    /// <summary>a − c with the same number for every entry.</summary>
    public static Var<T> operator -(Var<T> a, double b) => a - a.Tape.Constant(b);

    /// <summary>Subtracts from a number.</summary>
    public static Var<T> operator -(double a, Var<T> b) => b.Tape.Constant(a) - b;

    /// <summary>Multiplies by a number.</summary>
    public static Var<T> operator *(Var<T> a, double b) => a * a.Tape.Constant(b);

    /// <summary>c·a with the same number for every entry.</summary>
    public static Var<T> operator *(double a, Var<T> b) => b * a;

    /// <summary>Divides by a number.</summary>
    public static Var<T> operator /(Var<T> a, double b) => a / a.Tape.Constant(b);

    /// <summary>c/a, the same number over every entry.</summary>
    public static Var<T> operator /(double a, Var<T> b) => b.Tape.Constant(a) / b;

    /// <summary>eˣ entry by entry; the derivative is the value itself.</summary>
    public Var<T> Exp() => Unary<T, ExpOf<T>>.Of(this);

    /// <summary>ln x entry by entry; derivative 1/x, NaN below zero.</summary>
    public Var<T> Log() => Unary<T, LogOf<T>>.Of(this);

    /// <summary>√x entry by entry; derivative 1/(2√x), NaN below zero.</summary>
    public Var<T> Sqrt() => Unary<T, SqrtOf<T>>.Of(this);

    /// <summary>tanh x entry by entry; derivative 1 − tanh²x.</summary>
    public Var<T> Tanh() => Unary<T, TanhOf<T>>.Of(this);

    /// <summary>σ(x) = 1/(1 + e⁻ˣ).</summary>
    public Var<T> Sigmoid() => Unary<T, SigmoidOf<T>>.Of(this);

    /// <summary>ln(1 + eˣ), without overflow.</summary>
    public Var<T> Softplus() => Unary<T, SoftplusOf<T>>.Of(this);

    /// <summary>max(x, 0); its derivative at 0 is 0.</summary>
    public Var<T> Relu() => Unary<T, ReluOf<T>>.Of(this);

    /// <summary>1 where x &gt; 0, else 0; its derivative is 0.</summary>
    public Var<T> Step() => Unary<T, StepOf<T>>.Of(this);

    /// <summary>|x|; its derivative at 0 is 0.</summary>
    public Var<T> Abs() => Unary<T, AbsOf<T>>.Of(this);

    /// <summary>The larger of two, elementwise, broadcast; of equals the first has the derivative.</summary>
    public Var<T> Maximum(Var<T> other) => Binary<T, Larger<T>>.Of(this, other);

    /// <summary>The smaller of two, elementwise, broadcast; of equals the first has the derivative.</summary>
    public Var<T> Minimum(Var<T> other) => Binary<T, Smaller<T>>.Of(this, other);

    /// <summary>
    /// These entries where <paramref name="positive"/> &gt; 0, the others' elsewhere (a NaN included), broadcast.
    /// What was not chosen leaves no trace in value or derivatives,
    /// even where it is infinite or not a number: <c>x.Sqrt().Where(x, x * 0)</c> has the derivative 0 at 0.
    /// </summary>
    /// <remarks>By <paramref name="positive"/> the derivative is zero.
    /// On a tape with a choice, cotangents of exactly zero stay zero in elementwise operations: 0·∞ counts as 0.</remarks>
    public Var<T> Where(Var<T> positive, Var<T> otherwise)
    {
        Shape shape = Autodiff.Shape.Broadcast(Autodiff.Shape.Broadcast(Shape, positive.Shape, "Where"), otherwise.Shape, "Where");
        Var<T> where = positive.BroadcastTo(shape);
        return Chosen<T>.Of(BroadcastTo(shape), where, false) + Chosen<T>.Of(otherwise.BroadcastTo(shape), where, true);
    }

    /// <summary>These entries where <paramref name="positive"/> &gt; 0, a number elsewhere.</summary>
    public Var<T> Where(Var<T> positive, double otherwise) => Where(positive, Tape.Constant(otherwise));

    /// <summary>sin x entry by entry; derivative cos x.</summary>
    public Var<T> Sin() => Unary<T, SinOf<T>>.Of(this);

    /// <summary>cos x entry by entry; derivative −sin x.</summary>
    public Var<T> Cos() => Unary<T, CosOf<T>>.Of(this);

    /// <summary>x² entry by entry; derivative 2x.</summary>
    public Var<T> Square() => this * this;

    /// <summary>xᵖ for a fixed p.</summary>
    public Var<T> Power(double p) => PowerOf<T>.Of(this, p);

    /// <summary>
    /// The matrix product of two matrices, each transposed first when asked; no copy is made.
    /// Tensors of more dimensions are batches of matrices, and leading dimensions broadcast.
    /// </summary>
    public Var<T> MatMul(Var<T> other, bool transposeThis = false, bool transposeOther = false) => Shape.Rank > 2 || other.Shape.Rank > 2
        ? BatchedProduct<T>.Of(this, other, transposeThis, transposeOther)
        : MatrixProduct<T>.Of(this, other, transposeThis, transposeOther);

    /// <summary>The dimensions in another order: dimension i of the result is dimension <c>order[i]</c>.</summary>
    public Var<T> Permute(params ReadOnlySpan<int> order) => Permuted<T>.Of(this, order);

    /// <summary>Entries <paramref name="first"/> … <paramref name="first"/> + <paramref name="count"/> − 1 of a dimension.</summary>
    public Var<T> Slice(int dimension, int first, int count) => Sliced<T>.Of(this, dimension, first, count);

    /// <summary>This tensor and another behind it along a dimension; the others agree.</summary>
    public Var<T> Concat(Var<T> other, int dimension)
    {
        Shape a = Shape, b = other.Shape;
        if (dimension < 0 || dimension >= a.Rank || Sliced<T>.With(b, dimension, 0) != Sliced<T>.With(a, dimension, 0))
            throw new ArgumentException($"Concat: shapes {a} and {b} agree in all dimensions but {dimension}, or not at all.");
        Shape whole = Sliced<T>.With(a, dimension, a[dimension] + b[dimension]);
        return Embedded<T>.Of(this, whole, dimension) + Embedded<T>.Of(other, whole, (a[dimension] * 8.0) + dimension);
    }

    /// <summary>An Einstein sum of this tensor, <c>"ij->j"</c>: letters left out of the result are summed over.</summary>
    public Var<T> Einsum(string spec) => Contraction<T>.Of(spec, this);

    /// <summary>An Einstein sum of two tensors, <c>"bij,bjk->bik"</c>:
    /// letters of both that stay are batches, letters of both that go are contracted.</summary>
    public Var<T> Einsum(string spec, Var<T> other) => Contraction<T>.Of(spec, this, other);

    /// <summary>The contraction of the last <paramref name="dimensions"/> dimensions with the first ones of another tensor.</summary>
    public Var<T> TensorDot(Var<T> other, int dimensions)
    {
        const string Letters = "abcdefghijkl";
        int a = Shape.Rank, b = other.Shape.Rank;
        if (dimensions < 0 || dimensions > a || dimensions > b)
            throw new ArgumentException($"TensorDot: {dimensions} dimensions of shapes {Shape} and {other.Shape} cannot be contracted.");
        string right = Letters.Substring(a - dimensions, b);
        return Contraction<T>.Of($"{Letters[..a]},{right}->{Letters[..(a - dimensions)]}{right[dimensions..]}", this, other);
    }

    /// <summary>The transpose of a matrix.</summary>
    public Var<T> Transpose() => Transposed<T>.Of(this);

    /// <summary>The same entries in another shape of the same length.</summary>
    public Var<T> Reshape(Shape shape) => Reshaped<T>.Of(this, shape);

    /// <summary>Repeats along dimensions of size 1 or missing.</summary>
    public Var<T> BroadcastTo(Shape shape) => Expanded<T>.Of(this, shape);

    /// <summary>ln Σ eˣ over the last dimension, which is dropped; without overflow.</summary>
    public Var<T> LogSumExp() => LogSumExpOf<T>.Of(this);

    /// <summary>ln of the softmax over the last dimension.
    /// In the limits, entries of +∞ share a row equally, and a row of −∞ alone has no shares: its entries are −∞.</summary>
    public Var<T> LogSoftmax() => LogSharesOf<T>.Of(this);

    /// <summary>The softmax over the last dimension; in the limits as <see cref="LogSoftmax"/>: 0 for −∞.</summary>
    public Var<T> Softmax() => SharesOf<T>.Of(this, LogSumExp());

    /// <summary>Rows of the first dimension by number, in order and with repetition: an embedding lookup.
    /// The array must not change while the tape is in use.</summary>
    public Var<T> Gather(int[] rows) => Gathered<T>.Of(this, rows);

    /// <summary>One entry of the last dimension for each of the others, by number.
    /// The array must not change while the tape is in use.</summary>
    public Var<T> Pick(int[] entries) => Picked<T>.Of(this, entries);
}
