namespace Descent.Mixtures.Chains;

/// <summary>One scaled forward–backward pass over the outputs first … first + length − 1.</summary>
sealed class ForwardBackward(IEmission emission, int states, int first, int length)
{
    readonly double[] densities = new double[length * states], forward = new double[length * states], scales = new double[length];
    readonly double[] backward = new double[states], message = new double[states];

    /// <summary>After <see cref="Backward"/>: <c>P(z_t = k | y)</c>, T rows of K.</summary>
    public ReadOnlySpan<double> Posterior => forward;

    /// <summary>Fills <c>P(z_t | y_1…y_t)</c>, the terms log p(y_t | y_1…y_t−1) where they are asked for, and returns
    /// <c>log p(y)</c>; −∞ where no path has the outputs.</summary>
    public double Forward(ReadOnlySpan<double> theta, Span<double> terms = default)
    {
        ReadOnlySpan<double> transitions = theta.Slice(states, states * states), outputs = theta[(states + (states * states))..];
        double sum = 0, lost = 0;
        for (int t = 0; t < length; t++)
        {
            Span<double> b = densities.AsSpan(t * states, states), now = forward.AsSpan(t * states, states);
            emission.LogDensities(outputs, first + t, b);
            double top = Exponentials(b), total = 0;
            for (int k = 0; k < states; k++)
            {
                now[k] = b[k] * (t == 0 ? theta[k] : Into(k, transitions, forward.AsSpan((t - 1) * states, states)));
                total += now[k];
            }
            if (!terms.IsEmpty) terms[t] = total > 0 ? top + Math.Log(total) : double.NegativeInfinity;
            if (!(total > 0)) return double.NegativeInfinity;
            for (int k = 0; k < states; k++) now[k] /= total;
            scales[t] = total;
            // Compensated: over a million outputs a plain sum loses the digits by which a cycle's rise is judged.
            double term = top + Math.Log(total) - lost, next = sum + term;
            lost = next - sum - term;
            sum = next;
        }
        return sum;
    }

    /// <summary>Goes back over the chain, turns the forward vectors into posteriors and adds the expected statistics.</summary>
    public void Backward(ReadOnlySpan<double> theta, Span<double> statistics)
    {
        ReadOnlySpan<double> transitions = theta.Slice(states, states * states);
        int head = states + (states * states);
        Span<double> moves = statistics[states..head];
        Array.Fill(backward, 1);
        for (int t = length - 1; t >= 0; t--)
        {
            Span<double> now = forward.AsSpan(t * states, states);
            if (t < length - 1) Step(now, transitions, t + 1, moves);
            for (int k = 0; k < states; k++) now[k] *= backward[k];
            emission.Add(first + t, now, statistics[head..]);
        }
        for (int k = 0; k < states; k++) statistics[k] += forward[k];
    }

    // backward_t[j] = Σ_k A[j,k] b_k(y_{t+1}) backward_{t+1}[k] / scale_{t+1}, and ξ_t[j,k] = forward_t[j] times that term.
    void Step(ReadOnlySpan<double> now, ReadOnlySpan<double> transitions, int next, Span<double> moves)
    {
        for (int k = 0; k < states; k++) message[k] = densities[(next * states) + k] * backward[k] / scales[next];
        for (int j = 0; j < states; j++)
        {
            double sum = 0;
            for (int k = 0; k < states; k++)
            {
                double term = transitions[(j * states) + k] * message[k];
                moves[(j * states) + k] += now[j] * term;
                sum += term;
            }
            backward[j] = sum;
        }
    }

    double Into(int k, ReadOnlySpan<double> transitions, ReadOnlySpan<double> before)
    {
        double sum = 0;
        for (int j = 0; j < states; j++) sum += before[j] * transitions[(j * states) + k];
        return sum;
    }

    static double Exponentials(Span<double> logs)
    {
        double top = double.NegativeInfinity;
        foreach (double v in logs) top = Math.Max(top, v);
        for (int k = 0; k < logs.Length; k++) logs[k] = double.IsNegativeInfinity(top) ? 0 : Math.Exp(logs[k] - top);
        return top;
    }
}
