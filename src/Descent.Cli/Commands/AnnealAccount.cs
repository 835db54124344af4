using System.Buffers;
using System.Text;
using System.Text.Json;
using Descent.Reports;
using Descent.Reports.Charts;

namespace Descent.Cli.Commands;

/// <summary>What <c>descent anneal</c> says of a run.</summary>
sealed class AnnealAccount(AnnealRequest request, AnnealingOptions options, int runs, AnnealingResult r)
{
    const string Nothing = "Nothing certifies that this is the global minimum.";

    string Point => string.Join(", ", r.Point.Select(v => Text.Number(v, "G9")));

    string Ending => r.Interrupted ? "Interrupted: the best point so far." : "";

    string Acceptance => double.IsNaN(r.Acceptance) ? "–" : Text.Number(100 * r.Acceptance, "G3") + " %";

    bool IsLadder => r.Rungs.Count > 0;

    string Schedule => IsLadder ? "tempering" : options.Cooling == Cooling.Geometric ? "geometric" : "logarithmic";

    // Where hardly any takes place the temperatures lie too far apart.
    string Exchanges
    {
        get
        {
            double[] shares = [.. r.Rungs.Select(g => g.Exchanged).Where(double.IsFinite)];
            return shares.Length == 0 ? "–" : $"{Text.Number(100 * shares.Min(), "G3")} % to {Text.Number(100 * shares.Max(), "G3")} % "
                + "of those tried between neighbours"
                + (shares.Min() < 0.05 ? "; less than 5 % hinders the way down: take more chains" : "");
        }
    }

    IEnumerable<(string Name, string Value)> Lines =>
    [
        ("Best value", Text.Number(r.Value, "G10")),
        ("Best point", Point),
        ("Evaluations", $"{r.Evaluations} of {options.Evaluations} (best at {r.BestAt}) in "
            + (r.Interrupted ? "at most " : "") + Text.Plural(runs, "run")),
        ("Acceptance", Acceptance),
        ("Schedule", IsLadder ? $"tempering, {r.Rungs.Count} chains at temperatures that stay; neighbours change points"
            : options.Cooling == Cooling.Geometric ? "geometric, reheated every cycle"
            : "logarithmic, J = log(1 + t)/c with c the mean rise of moves from the start; Hajek's condition asks c ≥ the deepest "
                + "local minimum's depth, which is not known here"),
        ("Temperature", r.Trace.Count == 0 ? "–"
            : $"{Text.Number(r.Trace.Max(m => m.Temperature), "G3")} to {Text.Number(r.Trace.Min(m => m.Temperature), "G3")}"),
        .. IsLadder ? [("Exchanges", Exchanges)] : Array.Empty<(string, string)>(),
        ("Seed", options.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];

    public string Short() => $"{Text.Exact(r.Value)}\n{string.Join(' ', r.Point.Select(v => Text.Exact(v)))}\n";

    public string Printed() => string.Concat(Lines.Select(l => $"{l.Name,-13}{l.Value}\n")) + $"\n{(Ending + " " + Nothing).Trim()}\n";

    public string Json()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            w.WriteString("function", request.Name);
            w.WriteNumber("value", r.Value);
            w.WriteStartArray("point");
            foreach (double v in r.Point) w.WriteNumberValue(v);
            w.WriteEndArray();
            w.WriteNumber("evaluations", r.Evaluations);
            w.WriteNumber("budget", options.Evaluations!.Value);
            w.WriteNumber("bestAt", r.BestAt);
            w.WriteNumber("runs", runs);
            FitJson.Number(w, "acceptance", r.Acceptance);
            w.WriteString("schedule", Schedule);
            if (IsLadder) WriteRungs(w);
            w.WriteNumber("seed", options.Seed);
            w.WriteBoolean("interrupted", r.Interrupted);
            w.WriteBoolean("certified", false);
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    void WriteRungs(Utf8JsonWriter w)
    {
        w.WriteStartArray("chains");
        foreach (LadderRung rung in r.Rungs)
        {
            w.WriteStartObject();
            w.WriteNumber("temperature", rung.Temperature);
            FitJson.Number(w, "acceptance", rung.Acceptance);
            FitJson.Number(w, "exchanged", rung.Exchanged);
            w.WriteEndObject();
        }
        w.WriteEndArray();
    }

    // Of a ladder the coldest chain.
    AnnealingMark[] Chain => [.. r.Trace.Where(m => m.Chain == 0)];

    public string Html(DateTimeOffset now)
    {
        AnnealingMark[] chain = Chain;
        double[] at = [.. chain.Select(m => (double)m.Evaluation)];
        HtmlReport page = new HtmlReport("Annealing").Lead(request.Name).Verdict("No certificate", (Ending + " " + Nothing).Trim())
            .Settings(Lines);
        if (at.Length > 1)
            page.Heading("The best run").Charts(
                Curve("Value", "f", at, new("best so far", at, [.. chain.Select(m => m.Best)]),
                    new(IsLadder ? "coldest chain" : "chain", at, [.. chain.Select(m => m.Current)], Mark.Dots)),
                IsLadder ? Rungs() : Curve("Temperature", "1/J", at, new Series("1/J", at, [.. chain.Select(m => m.Temperature)])) with
                {
                    LogY = true
                },
                Curve("Accepted proposals", "share", at, new Series("share", at, [.. chain.Select(m => m.Acceptance)])));
        if (r.Point.Length == 2) page.Heading("Landscape").Charts(Landscape());
        return page.Stamped(now).Build();
    }

    static Chart Curve(string title, string y, double[] at, params Series[] series) =>
        new() { Title = title, XLabel = "evaluations", YLabel = y, Series = series };

    Chart Rungs()
    {
        double[] t = [.. r.Rungs.Select(g => g.Temperature)];
        return new()
        {
            Title = "By temperature",
            XLabel = "temperature 1/J",
            YLabel = "share",
            LogX = true,
            Series =
            [
                new("accepted proposals", t, [.. r.Rungs.Select(g => g.Acceptance)], Mark.Path),
                new("exchanges with the next hotter", t[..^1], [.. r.Rungs.SkipLast(1).Select(g => g.Exchanged)], Mark.Path),
            ],
        };
    }

    Chart Landscape() => new()
    {
        Title = "Level lines and points of the chain",
        XLabel = "x1",
        YLabel = "x2",
        Height = 420,
        Contours = new((a, b) => request.Function([a, b]), Levels()),
        Series =
        [
            .. IsLadder ? [Points("hottest chain", r.Rungs.Count - 1) with { Colour = 2 }] : Array.Empty<Series>(),
            Points(IsLadder ? "coldest chain" : "chain", 0) with { Colour = 0 },
            new("best", [r.Point[0]], [r.Point[1]], Mark.Dots) { Colour = 1 },
            Outline(),
        ],
    };

    // The box, over which the levels are: a chain that has come to rest in one coordinate would leave the picture no height.
    Series Outline()
    {
        ((double left, double right), (double low, double high)) = (request.Box[0], request.Box[1]);
        return new("", [left, right, right, left, left], [low, low, high, high, low], Mark.Dashed) { Colour = 5 };
    }

    Series Points(string name, int chain)
    {
        double[][] points = [.. r.Trace.Where(m => m.Chain == chain).Select(m => m.Point)];
        return new(name, [.. points.Select(p => p[0])], [.. points.Select(p => p[1])], Mark.Dots);
    }

    // Levels at deciles over a grid: lines are spread evenly over the box whatever the scale of the function.
    double[] Levels()
    {
        const int Side = 40;
        List<double> values = [];
        for (int i = 0; i < Side * Side; i++)
        {
            double v = request.Function([On(0, i % Side), On(1, i / Side)]);
            if (double.IsFinite(v)) values.Add(v);
        }
        values.Sort();
        return values.Count == 0 ? [] : [.. Enumerable.Range(1, 9).Select(k => values[k * values.Count / 10]).Distinct()];
        double On(int j, int i) => request.Box[j].Low + ((i + 0.5) / Side * (request.Box[j].High - request.Box[j].Low));
    }
}
