using System.Text;

namespace Descent.Data.Tests.Arrays;

/// <summary>
/// Files that numpy 1.24.2 wrote (npy/make.py), against <c>[v.hex() for v in np.load(file).astype(float).ravel()]</c>.
/// </summary>
public class NpyReaderTests
{
    static readonly double[] X = [0.1, -2.5, 3.0, 1e-3, 7.25, -0.7];

    static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Arrays", "npy", name);

    [Theory]
    [InlineData("f8.npy", "<f8")]
    [InlineData("f8-fortran.npy", "<f8")]
    [InlineData("v2.npy", "<f8")]
    [InlineData("v3.npy", "<f8")]
    public void Doubles_have_their_bits(string file, string type)
    {
        NpyArray a = NpyReader.Read(Golden(file));
        Assert.Equal([2, 3], a.Shape);
        Assert.Equal(Bits(X), Bits(a.Values));
        Assert.Equal(type, a.Type);
    }

    [Theory]
    [InlineData("f4.npy")]
    [InlineData("f4-big.npy")]
    public void Singles_are_widened(string file) =>
        // 0x1.99999ap-4, 0x1.0624dep-10 and -0x1.666666p-1.
        Assert.Equal(Bits([0x199999A / Math.Pow(2, 28), -2.5, 3, 0x10624DE / Math.Pow(2, 34), 7.25, -0x1666666 / Math.Pow(2, 25)]),
            Bits(NpyReader.Read(Golden(file)).Values));

    [Fact]
    public void Half_precision_is_widened() =>
        // 0x1.998p-4, 0x1.064p-10 and -0x1.668p-1.
        Assert.Equal(Bits([0x1998 / Math.Pow(2, 16), -2.5, 3, 0x1064 / Math.Pow(2, 22), 7.25, -0x1668 / Math.Pow(2, 13)]),
            Bits(NpyReader.Read(Golden("f2.npy")).Values));

    [Fact]
    public void Whole_numbers_of_64_bits_are_rounded_to_the_nearest_double()
    {
        Assert.Equal([Math.Pow(2, 53), -Math.Pow(2, 63), Math.Pow(2, 63), 5], NpyReader.Read(Golden("i8-big.npy")).Values);
        Assert.Equal([Math.Pow(2, 64), 1, Math.Pow(2, 53) + 4], NpyReader.Read(Golden("u8.npy")).Values);
    }

    [Fact]
    public void Three_dimensions_in_fortran_order_are_turned()
    {
        NpyArray a = NpyReader.Read(Golden("i2-big-fortran.npy"));
        Assert.Equal([2, 3, 4], a.Shape);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (double)i), a.Values);
        Assert.Equal(12, a.ExampleLength);
    }

    [Fact]
    public void Bytes_have_signs_and_truth_values_are_0_and_1()
    {
        Assert.Equal([-128, 127, -1], NpyReader.Read(Golden("i1.npy")).Values);
        Assert.Equal([1, 0, 1], NpyReader.Read(Golden("b1.npy")).Values);
    }

    [Theory]
    [InlineData("both.npz", "<f8")]
    [InlineData("packed.npz", "<f4")]
    public void An_archive_holds_arrays_by_name(string file, string type)
    {
        var arrays = NpzReader.Read(Golden(file));
        Assert.Equal(["X", "y"], arrays.Select(a => a.Name));
        Assert.Equal(type, arrays[0].Array.Type);
        Assert.Equal(file == "both.npz" ? [1, 0] : new[] { 1.5, -2 }, arrays[1].Array.Values);
        Assert.Equal(DataFormat.Npy, FormatDetector.Detect(Golden(file)));
    }

    [Theory]
    [InlineData("object.npy", "Python objects (type |O)")]
    [InlineData("text.npy", "texts of type '<U2'")]
    [InlineData("record.npy", "records of several fields")]
    [InlineData("complex.npy", "complex numbers of type '<c16'")]
    [InlineData("date.npy", "dates of type '<M8[D]'")]
    public void What_is_no_number_is_refused_by_name(string file, string says) =>
        Assert.Contains("holds " + says, Assert.Throws<DataException>(() => NpyReader.Read(Golden(file))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_refused()
    {
        byte[] whole = File.ReadAllBytes(Golden("f8.npy"));
        for (int length = 1; length < whole.Length; length++)
        {
            using MemoryStream cut = new(whole, 0, length);
            DataException e = Assert.Throws<DataException>(() => NpyReader.Read(cut, "cut", "cut"));
            Assert.StartsWith("cut: ", e.Message, StringComparison.Ordinal);
        }
        using MemoryStream longer = new([.. whole, 0]);
        Assert.Contains("holds more bytes than the 48 that the header (2×3 of <f8) promises",
            Assert.Throws<DataException>(() => NpyReader.Read(longer, "long", "long")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_is_cut_off_is_refused()
    {
        byte[] whole = File.ReadAllBytes(Golden("both.npz"));
        using TempFile cut = new(whole[..^30]);
        Assert.Contains("the zip archive is damaged or cut off", Assert.Throws<DataException>(() => NpzReader.Read(cut.Path)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", "promises 4294967296×4294967296 values")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 3), }", "promises 2147483647×3 values")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }", "expected a length that fits in 64 bits")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 3), }", "a dimension of the array (-1×3) is -1")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", "is a single number")]
    [InlineData("{'descr': '<f8', 'fortran_order': 0, 'shape': (1,), }", "expected a text, True, False or a tuple")]
    [InlineData("{'descr': '=f8', 'fortran_order': False, 'shape': (1,), }", "holds values of type '=f8'")]
    [InlineData("{'descr': '<f8', 'shape': (1,), }", "has the entries descr, shape; expected descr, fortran_order and shape")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,) ", "expected ',' or '}'")]
    [InlineData("__import__('os')", "at character 1 expected '{'")]
    public void A_header_that_promises_what_is_not_there_is_refused(string header, string says)
    {
        using MemoryStream file = new([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header)]);
        Assert.Contains(says, Assert.Throws<DataException>(() => NpyReader.Read(file, "made", "made")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_not_finite_is_named()
    {
        byte[] file = File.ReadAllBytes(Golden("f8.npy"));
        BitConverter.GetBytes(double.NaN).CopyTo(file, file.Length - 16);
        using MemoryStream changed = new(file);
        Assert.Equal("nan: value 2 of example 2 is NaN; expected finite numbers.",
            Assert.Throws<DataException>(() => NpyReader.Read(changed, "nan", "nan")).Message);
    }

    [Fact]
    public void A_packed_file_and_a_later_version_are_known()
    {
        using TempFile packed = new(TempFile.Gzip(File.ReadAllBytes(Golden("f8.npy"))));
        Assert.Equal(X, NpyReader.Read(packed.Path).Values);
        byte[] file = File.ReadAllBytes(Golden("f8.npy"));
        file[6] = 4;
        using MemoryStream later = new(file);
        Assert.Contains("is NPY of version 4.0; expected 1, 2 or 3",
            Assert.Throws<DataException>(() => NpyReader.Read(later, "later", "later")).Message, StringComparison.Ordinal);
    }

    static long[] Bits(double[] values) => Array.ConvertAll(values, BitConverter.DoubleToInt64Bits);
}
