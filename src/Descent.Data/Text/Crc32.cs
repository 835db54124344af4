using System.Buffers.Binary;

namespace Descent.Data.Text;

/// <summary>The checksum of gzip: the remainder by the polynomial 0xEDB88320 (reflected), eight bytes at a time by tables.</summary>
static class Crc32
{
    static readonly uint[][] Tables = Build();

    public static uint Update(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint c = ~checksum;
        uint[][] t = Tables;
        while (bytes.Length >= 8)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ c, high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            c = t[7][(byte)low] ^ t[6][(byte)(low >> 8)] ^ t[5][(byte)(low >> 16)] ^ t[4][low >> 24]
                ^ t[3][(byte)high] ^ t[2][(byte)(high >> 8)] ^ t[1][(byte)(high >> 16)] ^ t[0][high >> 24];
            bytes = bytes[8..];
        }
        foreach (byte b in bytes) c = t[0][(byte)(c ^ b)] ^ (c >> 8);
        return ~c;
    }

    static uint[][] Build()
    {
        uint[][] tables = [.. Enumerable.Range(0, 8).Select(_ => new uint[256])];
        for (uint b = 0; b < 256; b++)
        {
            uint c = b;
            for (int bit = 0; bit < 8; bit++) c = (c & 1) != 0 ? (c >> 1) ^ 0xEDB88320 : c >> 1;
            tables[0][b] = c;
        }
        for (int k = 1; k < 8; k++)
            for (int b = 0; b < 256; b++) tables[k][b] = tables[0][(byte)tables[k - 1][b]] ^ (tables[k - 1][b] >> 8);
        return tables;
    }
}
