using System.Globalization;

namespace Descent.Reports.Charts;

/// <summary>One axis: a range, a scale and its ticks.</summary>
sealed class Axis
{
    readonly double low, high;

    public Axis(double low, double high, bool log)
    {
        IsLog = log;
        if (log)
        {
            low = Math.Log10(low);
            high = Math.Log10(high);
        }
        if (!(high > low))
        {
            double pad = Math.Max(Math.Abs(low) * 0.05, log ? 0.5 : 1e-9);
            low -= pad;
            high += pad;
        }
        (this.low, this.high) = (low, high);
    }

    public bool IsLog { get; }

    public double Low => low;

    public double High => high;

    /// <summary>Position in [0, 1], or NaN for what the axis cannot show.</summary>
    public double Place(double value)
    {
        double v = IsLog ? (value > 0 ? Math.Log10(value) : double.NaN) : value;
        return (v - low) / (high - low);
    }

    public static Axis Around(IEnumerable<double> values, bool log)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (double v in values)
        {
            if (!double.IsFinite(v) || (log && v <= 0)) continue;
            least = Math.Min(least, v);
            most = Math.Max(most, v);
        }
        if (double.IsInfinity(least)) (least, most) = log ? (0.1, 1) : (0, 1);
        if (!log)
        {
            double pad = 0.04 * (most - least);
            (least, most) = (least - pad, most + pad);
        }
        return new Axis(least, most, log);
    }

    public List<(double Value, string Label)> Ticks(int wanted)
    {
        List<(double Value, string Label)> ticks = [];
        if (IsLog)
        {
            int first = (int)Math.Ceiling(low - 1e-9), last = (int)Math.Floor(high + 1e-9),
                step = Math.Max(1, (last - first + wanted - 1) / wanted);
            if (last - first < 1) return ShortTicks(wanted);
            for (int e = first; e <= last; e += step) ticks.Add((Math.Pow(10, e), Power(e)));
            return ticks;
        }
        return LinearTicks(wanted);
    }

    // Less than two powers of ten in sight: 1, 2 and 5 times them; one tick alone is no scale, so then equal steps.
    List<(double Value, string Label)> ShortTicks(int wanted)
    {
        List<(double Value, string Label)> ticks = [];
        for (int e = (int)Math.Floor(low); e <= (int)Math.Ceiling(high); e++)
        {
            foreach (double m in (ReadOnlySpan<double>)[1, 2, 5])
            {
                double v = m * Math.Pow(10, e), at = Math.Log10(v);
                if (at >= low && at <= high) ticks.Add((v, Text(v)));
            }
        }
        return ticks.Count > 1 ? ticks : new Axis(Math.Pow(10, low), Math.Pow(10, high), false).LinearTicks(wanted);
    }

    List<(double Value, string Label)> LinearTicks(int wanted)
    {
        List<(double Value, string Label)> ticks = [];
        double raw = (high - low) / wanted, size = Math.Pow(10, Math.Floor(Math.Log10(raw))), step = size;
        foreach (double m in (ReadOnlySpan<double>)[1, 2, 5, 10])
        {
            step = m * size;
            if (step >= raw) break;
        }
        // Neighbouring ticks differ in what is written; where the range is a few units in the last place the count, not the sum, ends the
        // loop.
        int digits = (int)Math.Clamp(-Math.Floor(Math.Log10(step)), 0, 15);
        double first = Math.Ceiling(low / step);
        for (int i = 0; i <= 2 * wanted && (first + i) * step <= high + (1e-9 * step); i++)
            ticks.Add(((first + i) * step, Text((first + i) * step, digits)));
        return ticks;
    }

    static string Text(double v, int digits = 5)
    {
        if (v == 0) return "0";
        double a = Math.Abs(v);
        if (a is >= 1e-3 and < 1e5) return v.ToString("0." + new string('#', Math.Max(5, digits)), CultureInfo.InvariantCulture);
        // As many digits as tell it from a tick that lies 10^−digits away.
        int own = (int)Math.Clamp(Math.Floor(Math.Log10(a)) + digits, 2, 15);
        return v.ToString("0." + new string('#', own) + "e0", CultureInfo.InvariantCulture);
    }

    static string Power(int e) => e is >= -2 and <= 3 ? Text(Math.Pow(10, e))
        : "10<tspan dy=\"-5\" font-size=\"8\">" + e.ToString(CultureInfo.InvariantCulture) + "</tspan>";
}
