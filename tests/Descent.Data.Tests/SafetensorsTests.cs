using System.Buffers.Binary;
using System.Text;

namespace Descent.Data.Tests;

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
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", "the type is F16")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9],"data_offsets":[0,36]}}""", "does not fit")]
    [InlineData("""{"a":{"shape":[9]}}""", "not that of a safetensors file")]
    [InlineData("not json at all", "not that of a safetensors file")]
    public void Damage_is_named(string header, string message)
    {
        Put(header, 2);
        Assert.Contains(message, Assert.Throws<DataException>(() => Safetensors.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_kind_is_refused()
    {
        File.WriteAllText(path, "1,2,3\n4,5,6\n7,8,9\n");
        Assert.Contains("is not a safetensors file", Assert.Throws<DataException>(() => Safetensors.Read(path)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, []);
        Assert.Contains("is not a safetensors file", Assert.Throws<DataException>(() => Safetensors.Read(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(path);
}
