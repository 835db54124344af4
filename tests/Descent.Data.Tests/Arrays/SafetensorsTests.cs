using System.Buffers.Binary;
using System.Text;

namespace Descent.Data.Tests.Arrays;

public sealed class SafetensorsTests : IDisposable
{
    readonly string path = Path.GetTempFileName();

    [Fact]
    public void What_is_written_is_read()
    {
        Safetensors.Write(path, [("W1", [2, 3], [1, 2, 3, 4, 5, 6.5f]), ("b1", [3], [float.NaN, -0f, float.MaxValue]), ("none", [0], [])]);
        var read = Safetensors.Read(path);
        Assert.Equal([2, 3], read["W1"].Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6.5f], read["W1"].Values);
        Assert.Equal([float.NaN, -0f, float.MaxValue], read["b1"].Values);
        Assert.Empty(read["none"].Values);
        // Values begin at a multiple of eight.
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(path)) % 8);
    }

    void Put(string header, int values)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), all = new byte[8 + text.Length + (4 * values)];
        BinaryPrimitives.WriteInt64LittleEndian(all, text.Length);
        text.CopyTo(all, 8);
        File.WriteAllBytes(path, all);
    }

    [Fact]
    public void Files_of_others_are_read_with_their_metadata_left_aside()
    {
        Put("""{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 2);
        Assert.Equal([0, 0], Safetensors.Read(path)["a"].Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void A_file_shorter_than_a_header_is_refused(int length)
    {
        File.WriteAllBytes(path, new byte[length]);
        Assert.Contains("is not a safetensors file", Assert.Throws<DataException>(() => Safetensors.Read(path)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData((1UL << 63) - 1)]
    [InlineData((1UL << 63) - 8)]
    [InlineData(1UL)]
    [InlineData(0UL)]
    [InlineData(67UL)]
    public void A_header_longer_than_the_file_is_refused(ulong length)
    {
        byte[] all = new byte[8 + 66];
        BinaryPrimitives.WriteUInt64LittleEndian(all, length);
        File.WriteAllBytes(path, all);
        Assert.Contains("is not a safetensors file", Assert.Throws<DataException>(() => Safetensors.Read(path)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", "the type is F16")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9],"data_offsets":[0,36]}}""", "does not fit")]
    [InlineData("""{"a":{"shape":[9]}}""", "not that of a safetensors file")]
    [InlineData("not json at all", "not that of a safetensors file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[]}}""", "data_offsets has 0 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}}""", "data_offsets has 3 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", "the shape holds -1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,0]}}""", "does not fit its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647,2147483647,2147483647],"data_offsets":[0,8]}}""",
        "does not fit its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775792,-9223372036854775808]}}""",
        "does not fit its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775792,9223372036854775800]}}""", "does not fit the file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "does not fit its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        "without gaps and overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "without gaps and overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "the file holds 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""",
        "not that of a safetensors file")]
    [InlineData("""{"a":{"dtype":null,"shape":[2],"data_offsets":[0,8]}}""", "the type is null")]
    [InlineData("""{"a":7}""", "not that of a safetensors file")]
    [InlineData("[]", "not that of a safetensors file")]
    public void Damage_is_named(string header, string message)
    {
        Put(header, 2);
        Assert.Contains(message, Assert.Throws<DataException>(() => Safetensors.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_kind_is_refused()
    {
        File.WriteAllText(path, "1,2,3\n4,5,6\n7,8,9\n");
        Assert.Contains("is not a safetensors file", Assert.Throws<DataException>(() => Safetensors.Read(path)).Message,
            StringComparison.Ordinal);
        File.WriteAllBytes(path, []);
        Assert.Contains("is not a safetensors file", Assert.Throws<DataException>(() => Safetensors.Read(path)).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(path);
}
