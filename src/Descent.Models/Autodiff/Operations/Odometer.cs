namespace Descent.Models.Autodiff.Operations;

/// <summary>Walks over the entries of a shape in order and says where each lies in a tensor that is broadcast to it.</summary>
ref struct Odometer
{
    readonly Shape shape;
    Numbers at, strides;

    public Odometer(Shape from, Shape shape)
    {
        this.shape = shape;
        int stride = 1;
        for (int i = 1; i <= from.Rank; i++)
        {
            strides[shape.Rank - i] = from[-i] == 1 ? 0 : stride;
            stride *= from[-i];
        }
    }

    public int Offset { get; private set; }

    public void Next()
    {
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            Offset += strides[i];
            if (++at[i] < shape[i]) return;
            Offset -= strides[i] * at[i];
            at[i] = 0;
        }
    }

    [System.Runtime.CompilerServices.InlineArray(Shape.MostDimensions)]
    struct Numbers
    {
        int first;
    }
}
