namespace Descent.Numerics.Tests.Threads;

public class SharedCopyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Copies_and_rows_arrive_whole(int threads)
    {
        using Workers workers = new(threads);
        SharedCopy<float> copies = new(workers);
        float[] matrix = [.. Enumerable.Range(0, 50 * 1_001).Select(i => (float)i)], copy = new float[matrix.Length + 1];
        copies.Copy(matrix, copy);
        Assert.Equal(matrix, copy[..^1]);
        int[] rows = [7, 0, 49, 7, .. Enumerable.Range(0, 37)];
        float[] gathered = new float[rows.Length * 1_001];
        copies.Gather(matrix, rows, 1_001, gathered);
        for (int k = 0; k < rows.Length; k++) Assert.Equal(matrix.AsSpan(rows[k] * 1_001, 1_001), gathered.AsSpan(k * 1_001, 1_001));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using Workers two = new(2);
        SharedCopy<double> copies = new(two);
        Assert.Throws<ArgumentException>(() => copies.Copy(new double[3], new double[2]));
        Assert.Throws<ArgumentException>(() => copies.Gather(new double[40_000], [0, 3], 20_000, new double[40_000]));
    }
}
