using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Descent.Data.Tests.Text;

public class NumberTests
{
    // Every number read has the bits of double.Parse: compared through the CSV reader, one number a line.
    static void Check(IEnumerable<string> numbers)
    {
        string[] all = [.. numbers];
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "x\n" + string.Join('\n', all) + "\n");
            ReadOnlySpan<double> read = CsvReader.Read([path]).Columns[0].Numbers;
            Assert.Equal(all.Length, read.Length);
            for (int i = 0; i < all.Length; i++)
            {
                double expected = double.Parse(all[i], NumberStyles.Float, CultureInfo.InvariantCulture);
                Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(read[i]),
                    $"{all[i]}: {read[i]:R} instead of {expected:R}");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Random_doubles_round_trip_in_every_form()
    {
        Draws draws = new(1);
        List<string> numbers = [];
        while (numbers.Count < 200_000)
        {
            double x = BitConverter.UInt64BitsToDouble(draws.NextWord());
            if (!double.IsFinite(x)) continue;
            numbers.Add(x.ToString(numbers.Count % 3 == 0 ? "R" : numbers.Count % 3 == 1 ? "E17" : "E12", CultureInfo.InvariantCulture));
        }
        Check(numbers);
    }

    [Fact]
    public void Random_digit_strings_are_read_exactly()
    {
        Draws draws = new(2);
        List<string> numbers = [];
        for (int i = 0; i < 100_000; i++)
        {
            StringBuilder s = new(draws.NextIndex(4) == 0 ? "-" : "");
            int whole = draws.NextIndex(25), part = draws.NextIndex(25);
            if (whole + part == 0) whole = 1;
            for (int k = 0; k < whole; k++) s.Append((char)('0' + draws.NextIndex(10)));
            if (part > 0) s.Append('.');
            for (int k = 0; k < part; k++) s.Append((char)('0' + draws.NextIndex(10)));
            if (draws.NextIndex(3) == 0) s.Append('e').Append(draws.NextIndex(660) - 340);
            if (double.IsFinite(double.Parse(s.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture))) numbers.Add(s.ToString());
        }
        Check(numbers);
    }

    [Fact]
    public void Hard_cases_are_read_exactly() => Check(
    [
        "0", "-0", "0.0", "5e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "2.2250738585072011e-308",
        "2.2250738585072014e-308", "1.7976931348623157e308",
        "9007199254740993", "9007199254740992.5", "9007199254740993.0000000000000000000000000000000000001", "1e23",
        "8.988465674311580536566680e307", "123456789012345678901234567890",
        "0.000000000000000000000000000000000000000000000000000000000000000001", "1.00000000000000011102230246251565404236316680908203125",
        "1.00000000000000011102230246251565404236316680908203124",
        "7.0420557077594588669468784357561207962098443483187940792729600000e+59", "6.9294956446009195e15", "3.518437208883201171875e13",
        "1e-400", "+5", "5.", ".5",
    ]);

    [Fact]
    public void Any_finite_double_round_trips() =>
        Prop.ForAll<double[]>(xs => Check(["1", .. xs.Where(double.IsFinite).Select(x => x.ToString("R", CultureInfo.InvariantCulture))]))
            .Check(Config.QuickThrowOnFailure);
}
