using System.Buffers.Binary;
using System.Text;
using Descent.Data.Text;

namespace Descent.Data;

/// <summary>The head of an NPY file: a magic word, a version, and the writing of a Python dictionary of three entries.</summary>
/// <param name="Kind">f, i, u or b.</param>
/// <param name="Size">Bytes of a number: 1, 2, 4 or 8.</param>
/// <param name="IsBigEndian">Whether the most significant byte stands first.</param>
/// <param name="IsFortran">Whether the first index runs quickest.</param>
/// <param name="Shape">Lengths of the dimensions.</param>
/// <param name="Type">The type as it is written.</param>
sealed record NpyHeader(char Kind, int Size, bool IsBigEndian, bool IsFortran, int[] Shape, string Type)
{
    // Thousands of dimensions would not need so much.
    const int Longest = 1 << 16;

    /// <summary>Number of values.</summary>
    public int Count => Shape.Aggregate(1, (a, b) => a * b);

    /// <summary>The shape in words.</summary>
    public string Sizes => string.Join("×", Shape);

    /// <exception cref="DataException">It is not one that numpy writes, or promises what cannot be read here.</exception>
    public static NpyHeader Read(Stream stream, string name, string path)
    {
        byte[] start = new byte[8];
        if (ByteSource.Fill(stream, start, path) < 8 || !start.AsSpan().StartsWith(Kinds.Npy))
            throw new DataException($"{name}: does not begin like an NPY file (the byte 93, NUMPY, a version).");
        if (start[6] is < 1 or > 3)
            throw new DataException($"{name}: is NPY of version {start[6]}.{start[7]}; expected 1, 2 or 3. Save the array again with "
                + "np.save.");
        byte[] length = new byte[start[6] == 1 ? 2 : 4];
        if (ByteSource.Fill(stream, length, path) < length.Length) throw CutOff(name);
        uint size = start[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (size > Longest)
            throw new DataException($"{name}: the NPY header has {size} bytes, more than an array of numbers needs. Is the file damaged?");
        byte[] text = new byte[size];
        if (ByteSource.Fill(stream, text, path) < text.Length) throw CutOff(name);
        Encoding encoding = start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1;
        return Of(new PythonLiteral(encoding.GetString(text), name).Dictionary(), name);
    }

    static NpyHeader Of(Dictionary<string, object> entries, string name)
    {
        if (!entries.TryGetValue("descr", out object? descr) || !entries.TryGetValue("fortran_order", out object? order)
            || !entries.TryGetValue("shape", out object? sizes) || entries.Count != 3)
            throw new DataException($"{name}: the NPY header has the entries {string.Join(", ", entries.Keys)}; expected descr, "
                + "fortran_order and shape.");
        if (order is not bool fortran || sizes is not long[] shape)
            throw new DataException($"{name}: in the NPY header fortran_order has to be True or False, and shape a tuple of lengths.");
        if (descr is not string type)
            throw new DataException($"{name}: holds records of several fields; expected one type of numbers. Save each field as an array.");
        (char kind, int size) = TypeOf(type, name);
        return new NpyHeader(kind, size, type[0] == '>', fortran, Checked(shape, size, name), type);
    }

    static (char Kind, int Size) TypeOf(string type, string name)
    {
        bool known = type.Length == 3 && type[0] is '<' or '>' or '|'
            && type[1..] is "f2" or "f4" or "f8" or "i1" or "i2" or "i4" or "i8" or "u1" or "u2" or "u4" or "u8" or "b1"
            && (type[0] != '|' || type[2] == '1');
        if (known) return (type[1], type[2] - '0');
        if (type.Contains('O', StringComparison.Ordinal))
            throw new DataException($"{name}: holds Python objects (type {type}), which only Python can read, by running what the file "
                + "says. Save numbers: np.save(file, np.asarray(x, dtype=float)).");
        string what = type.AsSpan().IndexOfAny('U', 'S') >= 0 ? "texts" : type.Contains('c', StringComparison.Ordinal)
            ? "complex numbers" : type.AsSpan().IndexOfAny('M', 'm') >= 0 ? "dates" : "values";
        throw new DataException($"{name}: holds {what} of type '{type}'; expected numbers (f2, f4, f8, i1 … i8, u1 … u8) or truth values "
            + "(b1). Convert the array with astype(float).");
    }

    static int[] Checked(long[] shape, int size, string name)
    {
        string sizes = string.Join("×", shape);
        if (shape.Length == 0) throw new DataException($"{name}: is a single number; expected an array with a row an example.");
        if (shape.Length > 8) throw new DataException($"{name}: has {shape.Length} dimensions; expected 1 to 8.");
        Int128 count = 1;
        foreach (long n in shape)
        {
            if (n <= 0) throw new DataException($"{name}: a dimension of the array ({sizes}) is {n}, so it holds no values.");
            count *= n;
            if (count * Math.Max(size, sizeof(double)) > (Int128)Array.MaxLength * sizeof(double))
                throw new DataException($"{name}: the NPY header promises {sizes} values, more than fit in one array here.");
        }
        return [.. shape.Select(n => (int)n)];
    }

    static DataException CutOff(string name) => new($"{name}: ends inside the NPY header. The file is cut off.");
}
