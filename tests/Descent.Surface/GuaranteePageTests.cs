using System.Text;
using Descent.Guarantees;

namespace Descent.Surface;

/// <summary>docs/guarantees.md is generated from the objects, and every guarantee of the notes is there and simulated.</summary>
public class GuaranteePageTests
{
    [Fact]
    public void The_page_of_guarantees_is_the_objects()
    {
        StringBuilder page = new();
        foreach (bool notes in new[] { true, false })
        {
            page.Append(notes ? "\n## Of the notes\n\n" : "\n## From the literature\n\n")
                .Append("| id | about | method | step size | what is bounded | bound | assumes | source "
                    + "|\n|---|---|---|---|---|---|---|---|\n");
            foreach (Guarantee g in Theory.All.Where(g => g.FromNotes == notes))
                page.Append($"| {g.Id} | {g.Title} | {(g.Method.Length > 0 ? $"[{g.Method}](methods/{g.Method}.md)" : "–")} | "
                    + $"{Cell(g.StepFormula)} | {g.MeasureInWords} | {Cell(g.BoundFormula)} | "
                    + $"{Cell(string.Join("; ", g.Assumptions.Select(a => a.Text)))} | "
                    + $"{g.Source}{(g.Remark is { } r ? ". " + r : "")} |\n");
        }
        DocumentTests.Generated("docs/guarantees.md", "guarantees", "generated from Theory.All", page.Append('\n').ToString());
    }

    static string Cell(string text) => text.Replace("|", "∣", StringComparison.Ordinal);

    [Fact]
    public void All_thirty_are_objects_and_each_is_simulated()
    {
        string tests = string.Concat(Repository.Sources("tests/Descent.Theory").Select(File.ReadAllText));
        for (int k = 1; k <= 30; k++)
        {
            Guarantee g = Theory.Find("G" + k);
            Assert.NotEmpty(g.Assumptions);
            Assert.Contains($"\"{g.Id}\"", tests, StringComparison.Ordinal);
            if (g.Method.Length > 0) Assert.NotNull(Catalogue.Find(g.Method));
        }
        Assert.Equal(30, Theory.All.Count(g => g.FromNotes));
    }
}
