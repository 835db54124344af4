using Descent.Approximation;
using Descent.Numerics;
using Descent.Oracles;
using Descent.StepSizes;

// Boyan's chain: from state s one or two states down at a cost of 3, from 1 to 0 at a cost of 2. Its values are −2s, which the four
// features hold exactly at θ = (−24, −16, −8, 0). θ is slow, w fast.
RobbinsMonroProcedure search = new()
{
    Gains = [.. Enumerable.Repeat(new Power(8, 0.7), 4), .. Enumerable.Repeat(new Power(4, 0.55), 4)],
};
RootEstimate found = search.Run(new Transitions(), new double[8], 1_000_000, new Draws(1));
Console.WriteLine($"θ = ({string.Join(", ", found.Last.Take(4).Select(x => (Math.Round(x, 1) + 0.0).ToString("F1")))})");

// TDC: w follows the regression of the temporal difference δ on the features, θ the gradient that w corrects.
sealed class Transitions : IRootOracle
{
    public int Dimension => 8;

    public void Observe(ReadOnlySpan<double> theta, Sample sample, Span<double> y)
    {
        Draws draws = new(sample.Key, (ulong)sample.First);
        int s = draws.NextIndex(13), next = s - 1 - (s > 1 ? draws.NextIndex(2) : 0);
        double[] now = Features(s), then = Features(next);
        double delta = (s == 0 ? 0 : s == 1 ? -2 : -3) + Dot(theta, then) - Dot(theta, now), guess = Dot(theta[4..], now);
        for (int i = 0; i < 4; i++) (y[i], y[4 + i]) = ((then[i] * guess) - (delta * now[i]), (guess - delta) * now[i]);
    }

    // Tents over the states 12, 8, 4 and 0; nothing beyond the end.
    static double[] Features(int s) =>
        [.. Enumerable.Range(0, 4).Select(i => s < 0 ? 0 : Math.Max(0, 1 - (Math.Abs(s - (12 - (4 * i))) / 4.0)))];

    static double Dot(ReadOnlySpan<double> a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]) + (a[3] * b[3]);
}
