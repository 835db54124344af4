using System.Text;
using Descent.Data.Hashing;

namespace Descent.Data.Tests.Hashing;

/// <summary>Vowpal Wabbit text is read as its documentation describes it.</summary>
public class VwReaderTests
{
    static SparseData<double> Read(string text, VwOptions? options = null)
    {
        using TempFile file = new(text);
        return VwReader.Read([DataSource.Open(file.Path)], options ?? new VwOptions { HashBits = 18 });
    }

    static Dictionary<int, double> Row(SparseData<double> data, int row)
    {
        Dictionary<int, double> entries = [];
        for (int k = 0; k < data.Rows.EntriesOf(row); k++)
            entries[data.Numbers is { } n ? n[data.Rows.IndicesOf(row)[k]] : data.Rows.IndicesOf(row)[k]] = data.Rows.ValuesOf(row)[k];
        return entries;
    }

    // The verification values of SMHasher's MurmurHash3_x86_32, as published with the algorithm and by its ports.
    [Theory]
    [InlineData("", 0u, 0u)]
    [InlineData("", 1u, 0x514E28B7u)]
    [InlineData("test", 0u, 0xBA6BD213u)]
    [InlineData("Hello, world!", 0u, 0xC0363E43u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0u, 0x2E4FF723u)]
    public void Hashes_are_those_of_MurmurHash3(string text, uint seed, uint hash) =>
        Assert.Equal(hash, FeatureHash.Murmur(Encoding.UTF8.GetBytes(text), seed));

    [Fact]
    public void Labels_importances_and_tags_stand_before_the_bar()
    {
        SparseData<double> data = Read("1 |f a\n-1 2.5 |f a\n0.5 1 PFF/2009|f a\n1 3 0.1 'tag |f a\n-1 tag|f a\n");
        Assert.Equal([1, -1, 0.5, 1, -1], data.Labels);
        Assert.Equal([1, 2.5, 1, 3, 1], data.Weights!);
    }

    [Fact]
    public void Without_importances_there_are_no_weights() => Assert.Null(Read("1 |f a\n-1 |f b\n").Weights);

    [Fact]
    public void Names_are_hashed_with_their_namespace_and_numbers_are_moved_by_it()
    {
        const uint Mask = (1 << 18) - 1;
        uint f = FeatureHash.Murmur("f"u8, 0), g = FeatureHash.Murmur("g"u8, 0);
        Dictionary<int, double> row = Row(Read("1 |f price:0.5 13:2 |g:3 price:0.5 x | bare\n"), 0);
        Assert.Equal(5, row.Count);
        Assert.Equal(0.5, row[(int)(FeatureHash.Murmur("price"u8, f) & Mask)]);
        Assert.Equal(2, row[(int)((f + 13) & Mask)]);
        Assert.Equal(1.5, row[(int)(FeatureHash.Murmur("price"u8, g) & Mask)]);
        Assert.Equal(3, row[(int)(FeatureHash.Murmur("x"u8, g) & Mask)]);
        Assert.Equal(1, row[(int)(FeatureHash.Murmur("bare"u8, 0) & Mask)]);
    }

    [Fact]
    public void Names_that_meet_add_up()
    {
        SparseData<double> data = Read("1 |f a:1 b:2 a:0.25 a\n", new VwOptions { HashBits = 18 });
        Assert.Equal([2, 2.25], Row(data, 0).Values.Order());
        // In two columns of one bit everything meets somewhere.
        Assert.Equal(4.25, Row(Read("1 |f a:1 b:2 a:0.25 a\n", new VwOptions { HashBits = 1 }), 0).Values.Sum());
    }

    [Theory]
    [InlineData("1 |f a\nx |f a\n", "line 2, character 1: found 'x', expected a label")]
    [InlineData("1 |f a\n1 -2 |f a\n", "line 2, character 3: found '-2', expected an importance ≥ 0")]
    [InlineData("1 |f a\n1 |f a b:x\n", "line 2, character 8: found 'b:x', expected name:value with a finite number")]
    [InlineData("1 |f a\n1 |f:y a\n", "line 2, character 4: found 'f:y', expected name:value")]
    [InlineData("1 |f a\n1 a b\n", "line 2, character 6: found the end of the line, expected a bar")]
    [InlineData("1 |f a\n|f a\n", "line 2, character 1: found '|', expected a label")]
    public void A_bad_row_is_named(string text, string said)
    {
        Assert.Contains(said, Assert.Throws<DataException>(() => Read(text)).Message, StringComparison.Ordinal);
        SparseData<double> data = Read(text, new VwOptions { SkipBadRows = true });
        Assert.Equal((1, 1), (data.Rows.Count, data.Skipped));
        Assert.Contains(said, data.FirstSkip, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_to_be_predicted_need_no_label()
    {
        SparseData<double> data = Read("|f a\n1 |f b\n", new VwOptions { NeedLabels = false });
        Assert.True(double.IsNaN(data.Labels[0]));
        Assert.Equal(1, data.Unlabelled);
    }
}
