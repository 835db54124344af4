namespace Descent.Autodiff.Networks;

/// <summary>Means and variances of channels, gathered chunk by chunk: deviations are squared about the chunk's own mean,
/// so that a large offset cancels nothing. Source: Chan, Golub and LeVeque 1983.</summary>
sealed class ChannelMoments(int channels)
{
    readonly double[] mean = new double[channels], squares = new double[channels], chunkMean = new double[channels],
        chunkSquares = new double[channels];
    double seen;

    public double Mean(int channel) => mean[channel];

    public double Variance(int channel) => squares[channel] / seen;

    /// <summary>Takes in values whose last dimension is the channels.</summary>
    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double count = values.Length / (double)channels, all = seen + count;
        if (count == 0) return;
        Array.Clear(chunkMean);
        Array.Clear(chunkSquares);
        // About the first row: the sum of differences has no offset to lose digits to.
        for (int i = 0; i < values.Length; i++)
            chunkMean[i % channels] += double.CreateTruncating(values[i]) - double.CreateTruncating(values[i % channels]);
        for (int j = 0; j < channels; j++) chunkMean[j] = double.CreateTruncating(values[j]) + (chunkMean[j] / count);
        for (int i = 0; i < values.Length; i++)
        {
            double deviation = double.CreateTruncating(values[i]) - chunkMean[i % channels];
            chunkSquares[i % channels] += deviation * deviation;
        }
        for (int j = 0; j < channels; j++)
        {
            double apart = chunkMean[j] - mean[j];
            squares[j] += chunkSquares[j] + (apart * apart * seen * count / all);
            mean[j] += apart * count / all;
        }
        seen = all;
    }
}
