using System.CommandLine;
using System.Text;
using Descent.Cli.Gallery;
using Descent.Cli.Output;
using Descent.Data.Files;
using Descent.Reports;

namespace Descent.Cli.Commands;

/// <summary><c>descent gallery</c>.</summary>
static class GalleryCommand
{
    static readonly string[] Head = ["what", "notes", "independent", "ours"];

    public static Command Build()
    {
        Argument<string[]> ids =
            new("EXAMPLE") { Description = "E1, E2, … or all; without any, the list.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> report = new("--report") { Description = "Write pictures and tables to this HTML file." };
        Command command = new("gallery", "Runs worked examples of the notes and compares: notes' number, independent number, "
            + "ours.\n\nExample:\n  descent gallery E1 E4 --report gallery.html") { ids, report };
        command.SetAction(p => Run(p.GetValue(ids) ?? [], p.GetValue(report)));
        return command;
    }

    static int Run(string[] ids, string? report)
    {
        if (ids.Length == 0)
        {
            Console.Out.Write(TextTable.Render(["id", "example", "source"],
                [.. Examples.All.Select(e => (IReadOnlyList<string>)[e.Id, e.Title, e.Source])], leftColumns: 3));
            return ExitCode.Done;
        }
        List<Example> chosen = [];
        foreach (string id in ids)
        {
            if (id == "all") chosen.AddRange(Examples.All);
            else
                chosen.Add(Examples.All.FirstOrDefault(e => e.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
                    ?? throw new UsageException($"there is no example '{id}'. There are "
                        + $"{string.Join(", ", Examples.All.Select(e => e.Id))}, and all."));
        }
        Outputs.Check([new("--report", report)], []);
        HtmlReport page = new("Worked examples");
        foreach (Example e in chosen)
        {
            ExampleResult r = e.Run();
            Console.Out.WriteLine($"{e.Id}  {e.Title} ({e.Source})\n");
            Console.Out.Write(TextTable.Render(Head, r.Rows, "  ", 4));
            Console.Out.WriteLine($"\n  {r.Remark}\n");
            page.Heading($"{e.Id}: {e.Title}").Paragraph($"{e.Source}. {r.Remark}").Charts([.. r.Charts]).Table(Head, r.Rows);
        }
        Saving saving = new();
        string? written = report is null ? null
            : saving.Write(report, p =>
            FileWriter.Write(Destination.Files, p, Encoding.UTF8.GetBytes(page.Stamped(DateTimeOffset.Now).Build())));
        if (written is not null) Console.Out.WriteLine($"Report written to {written}");
        return saving.End(ExitCode.Done);
    }
}
