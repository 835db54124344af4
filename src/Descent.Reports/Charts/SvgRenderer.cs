using System.Globalization;
using System.Text;

namespace Descent.Reports.Charts;

/// <summary>Draws charts as SVG text. The same chart gives the same bytes on every machine and in every culture.</summary>
public static class SvgRenderer
{
    const int Left = 62, Right = 14, Bottom = 42;
    static readonly string[] Palette =
        ["#3b6fd4", "#d1603d", "#2f9e77", "#8a5cc7", "#c2912b", "#5a7184", "#c2477f", "#3aa6b9", "#7c8f2d", "#8c5a3c",
            "#1f3f77", "#b09ad6"];

    /// <summary>The chart as one svg element.</summary>
    public static string Render(Chart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        Axis x = Axis.Around(
            chart.Series.SelectMany(s => s.X.Concat(s.Low is not null && chart.Rows is not null ? s.Low.Concat(s.High!) : [])), chart.LogX);
        Axis y = chart.Rows is { } rows
            ? new Axis(-rows.Count + 0.4, 0.6, false)
            : Axis.Around(chart.Series.SelectMany(s => s.Y.Concat(s.Low is null ? [] : s.Low.Concat(s.High!))), chart.LogY);
        string[] colours = Colours(chart.Series);
        int left = LeftOf(chart, y);
        ChartHead head = ChartHead.Of(chart.Title, Named(chart.Series, colours), left, chart.Width - Right);
        if (chart.Equal) (x, y) = Square(x, y, chart.Width - left - Right, chart.Height - head.Height - Bottom);
        Canvas c = new(chart, x, y, left, head);
        c.Frame();
        if (chart.Contours is { } contours) c.Draw(contours);
        for (int i = 0; i < chart.Series.Count; i++) c.Draw(chart.Series[i], colours[i]);
        c.Legend();
        return c.Finish();
    }

    static string[] Colours(IReadOnlyList<Series> series)
    {
        int next = 0;
        return [.. series.Select(s => s.Mark == Mark.Dashed && s.Colour < 0 ? "var(--faint)"
            : Palette[(s.Colour >= 0 ? s.Colour : next++) % Palette.Length])];
    }

    // One name alone says nothing that the title does not say.
    static List<(string Name, string Colour, Mark Mark)> Named(IReadOnlyList<Series> series, string[] colours)
    {
        List<(string Name, string Colour, Mark Mark)> named =
            [.. series.Select((s, i) => (s.Name, colours[i], s.Mark)).Where(e => e.Name.Length > 0)];
        return named.Count > 1 ? named : [];
    }

    // Room for the longest name of a row or number of a tick, beside the label of the axis.
    static int LeftOf(Chart chart, Axis y) => chart.Rows is { } rows
        ? Math.Clamp(16 + (int)Math.Ceiling(CharWidth * rows.Select(r => Shorten(r).Length).DefaultIfEmpty(0).Max()), Left + 70,
            chart.Width / 2)
        : Math.Max(Left, 24 + (int)Math.Ceiling(y.Ticks(5).Select(t => Wide(t.Label)).DefaultIfEmpty(0).Max()));

    // A power of ten is written with tags, and is as wide as five letters at most.
    static double Wide(string label) => CharWidth * (label.StartsWith("10<", StringComparison.Ordinal) ? 5 : label.Length);

    /// <summary>Width of a letter of 11 pixels, on average, in a wide sans-serif.</summary>
    const double CharWidth = 6.4;

    static string Shorten(string s) => s.Length <= 30 ? s : string.Concat(s.AsSpan(0, 29), "…");

    static (Axis X, Axis Y) Square(Axis x, Axis y, double width, double height)
    {
        double unit = Math.Max((x.High - x.Low) / width, (y.High - y.Low) / height);
        return (Widen(x, unit * width), Widen(y, unit * height));
    }

    static Axis Widen(Axis a, double length)
    {
        double middle = (a.Low + a.High) / 2;
        return new Axis(middle - (length / 2), middle + (length / 2), false);
    }

    sealed class Canvas(Chart chart, Axis x, Axis y, int left, ChartHead head)
    {
        readonly StringBuilder svg = new();
        readonly double width = chart.Width - left - Right, height = chart.Height - head.Height - Bottom;

        int Top => head.Height;

        public void Frame()
        {
            Add($"<svg viewBox=\"0 0 {chart.Width} {chart.Height}\" role=\"img\" aria-label=\"{Escape(chart.Title)}\" "
                + $"xmlns=\"http://www.w3.org/2000/svg\" font-family=\"system-ui,sans-serif\" font-size=\"11\">");
            for (int i = 0; i < head.Title.Count; i++)
                Add($"<text x=\"{head.TitleX}\" y=\"{17 + (ChartHead.TitleLine * i)}\" font-size=\"13\" font-weight=\"600\" "
                    + $"fill=\"var(--ink)\">{Escape(head.Title[i])}</text>");
            foreach (var (value, label) in TicksAcross())
            {
                double px = Px(value);
                if (!double.IsFinite(px)) continue;
                Add($"<line x1=\"{N(px)}\" y1=\"{Top}\" x2=\"{N(px)}\" y2=\"{N(Top + height)}\" stroke=\"var(--grid)\"/>");
                Add($"<text x=\"{N(px)}\" y=\"{N(Top + height + 15)}\" text-anchor=\"middle\" fill=\"var(--soft)\">{label}</text>");
            }
            if (chart.Rows is { } rows)
            {
                for (int i = 0; i < rows.Count; i++)
                {
                    Add($"<text x=\"{left - 8}\" y=\"{N(Py(-i) + 4)}\" text-anchor=\"end\" "
                        + $"fill=\"var(--soft)\">{Escape(Shorten(rows[i]))}</text>");
                    Add($"<line x1=\"{left}\" y1=\"{N(Py(-i))}\" x2=\"{N(left + width)}\" y2=\"{N(Py(-i))}\" stroke=\"var(--grid)\"/>");
                }
            }
            else
            {
                foreach (var (value, label) in y.Ticks(5))
                {
                    double py = Py(value);
                    if (!double.IsFinite(py)) continue;
                    Add($"<line x1=\"{left}\" y1=\"{N(py)}\" x2=\"{N(left + width)}\" y2=\"{N(py)}\" stroke=\"var(--grid)\"/>");
                    Add($"<text x=\"{left - 7}\" y=\"{N(py + 4)}\" text-anchor=\"end\" fill=\"var(--soft)\">{label}</text>");
                }
            }
            Add($"<line x1=\"{left}\" y1=\"{N(Top + height)}\" x2=\"{N(left + width)}\" y2=\"{N(Top + height)}\" "
                + $"stroke=\"var(--faint)\"/>");
            Add($"<text x=\"{N(left + (width / 2))}\" y=\"{chart.Height - 8}\" text-anchor=\"middle\" "
                + $"fill=\"var(--soft)\">{Escape(chart.XLabel)}</text>");
            Add($"<text transform=\"translate(13 {N(Top + (height / 2))}) rotate(-90)\" text-anchor=\"middle\" "
                + $"fill=\"var(--soft)\">{Escape(chart.YLabel)}</text>");
        }

        // As many ticks as have room for their numbers beside one another and inside the picture.
        List<(double Value, string Label)> TicksAcross()
        {
            const double Apart = 8;
            for (int wanted = chart.Width < 360 ? 4 : 6; ; wanted--)
            {
                List<(double Value, string Label)> ticks = x.Ticks(wanted);
                ticks.RemoveAll(t => !double.IsFinite(Px(t.Value)) || Px(t.Value) + (Wide(t.Label) / 2) > chart.Width);
                bool fits = true;
                for (int i = 1; i < ticks.Count; i++)
                    fits &= Px(ticks[i].Value) - Px(ticks[i - 1].Value) >= ((Wide(ticks[i].Label) + Wide(ticks[i - 1].Label)) / 2) + Apart;
                if (fits || wanted == 1) return ticks;
            }
        }

        public void Draw(Series s, string colour)
        {
            switch (s.Mark)
            {
                case Mark.Line:
                case Mark.Dashed:
                case Mark.Path:
                    Lines(s, colour);
                    if (s.Mark == Mark.Path) Dots(s, colour, 1.8);
                    break;
                case Mark.Range:
                    Ranges(s, colour);
                    Dots(s, colour, 3.5);
                    break;
                case Mark.Dots:
                default:
                    Dots(s, colour, s.X.Count > 400 ? 1.6 : 2.8);
                    break;
            }
        }

        public void Draw(Contours contours)
        {
            const int Grid = 90;
            foreach (double level in contours.Levels)
            {
                StringBuilder path = new();
                for (int i = 0; i < Grid; i++)
                    for (int j = 0; j < Grid; j++) Cell(contours.Function, level, i, j, Grid, path);
                Add($"<path d=\"{path}\" fill=\"none\" stroke=\"var(--faint)\" stroke-width=\"0.8\"/>");
            }
        }

        public void Legend()
        {
            foreach (var (name, colour, mark, at, line) in head.Entries.Reverse())
            {
                string dash = mark == Mark.Dashed ? " stroke-dasharray=\"4 3\"" : "";
                Add($"<line x1=\"{N(at)}\" y1=\"{line - 3}\" x2=\"{N(at + 12)}\" y2=\"{line - 3}\" stroke=\"{colour}\" "
                    + $"stroke-width=\"2.5\"{dash}/>");
                Add($"<text x=\"{N(at + 16)}\" y=\"{line}\" font-size=\"10\" fill=\"var(--soft)\">{Escape(name)}</text>");
            }
        }

        public string Finish() => svg.Append("</svg>").ToString();

        void Lines(Series s, string colour)
        {
            StringBuilder path = new();
            bool pen = false;
            for (int i = 0; i < s.X.Count; i++)
            {
                double px = Px(s.X[i]), py = Py(s.Y[i]);
                if (!double.IsFinite(px) || !double.IsFinite(py))
                {
                    // At the edge that the line left by; what a logarithmic axis cannot show lies below it.
                    double edge = s.Y[i] is double.NaN or double.PositiveInfinity ? Top + 10 : Top + height - 3;
                    if (double.IsFinite(px)) Add($"<text x=\"{N(px)}\" y=\"{N(edge)}\" text-anchor=\"middle\" fill=\"#c0392b\">✕</text>");
                    pen = false;
                    continue;
                }
                path.Append(pen ? 'L' : 'M').Append(N(px)).Append(' ').Append(N(py));
                pen = true;
            }
            string dash = s.Mark == Mark.Dashed ? " stroke-dasharray=\"5 4\"" : "";
            Add($"<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{(s.Mark == Mark.Path ? "1.2" : "1.8")}\" "
                + $"stroke-linejoin=\"round\"{dash}/>");
        }

        void Dots(Series s, string colour, double radius)
        {
            for (int i = 0; i < s.X.Count; i++)
            {
                double px = Px(s.X[i]), py = Py(s.Y[i]);
                if (double.IsFinite(px) && double.IsFinite(py))
                    Add($"<circle cx=\"{N(px)}\" cy=\"{N(py)}\" r=\"{N(radius)}\" fill=\"{colour}\" fill-opacity=\"0.75\"/>");
            }
        }

        void Ranges(Series s, string colour)
        {
            for (int i = 0; i < s.X.Count; i++)
            {
                bool across = chart.Rows is not null;
                double a = across ? Px(s.Low![i]) : Px(s.X[i]), b = across ? Px(s.High![i]) : a;
                double p = across ? Py(s.Y[i]) : Py(s.Low![i]), q = across ? p : Py(s.High![i]);
                if (double.IsFinite(a + b + p + q))
                    Add($"<line x1=\"{N(a)}\" y1=\"{N(p)}\" x2=\"{N(b)}\" y2=\"{N(q)}\" stroke=\"{colour}\" stroke-width=\"1.6\"/>");
            }
        }

        // Marching squares on one cell: a segment between the two edges that the level crosses.
        void Cell(Func<double, double, double> f, double level, int i, int j, int grid, StringBuilder path)
        {
            double X(double t) => x.Low + ((x.High - x.Low) * t / grid);
            double Y(double t) => y.Low + ((y.High - y.Low) * t / grid);
            ReadOnlySpan<(int I, int J)> corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)];
            Span<double> v = stackalloc double[4];
            for (int k = 0; k < 4; k++) v[k] = f(X(corners[k].I), Y(corners[k].J)) - level;
            int drawn = 0;
            for (int k = 0; k < 4; k++)
            {
                int m = (k + 1) % 4;
                if ((v[k] < 0) == (v[m] < 0)) continue;
                double t = v[k] / (v[k] - v[m]);
                double gx = corners[k].I + (t * (corners[m].I - corners[k].I)), gy = corners[k].J + (t * (corners[m].J - corners[k].J));
                path.Append(drawn++ % 2 == 0 ? 'M' : 'L').Append(N(Px(X(gx)))).Append(' ').Append(N(Py(Y(gy))));
            }
        }

        double Px(double v) => left + (x.Place(v) * width);

        double Py(double v) => Top + ((1 - y.Place(v)) * height);

        void Add(string line) => svg.Append(line).Append('\n');

        static string N(double v) => v.ToString("0.#", CultureInfo.InvariantCulture);

        static string Escape(string s) => System.Net.WebUtility.HtmlEncode(s);
    }
}
