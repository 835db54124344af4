using System.Text.RegularExpressions;

namespace Descent.Surface;

/// <summary>A page a method: the generated part is what the program says, the hand-written part is there, and so is the picture.</summary>
public class MethodPageTests
{
    static readonly string[] Headings = ["## When to use it", "## When not", "## Guarantee", "## The same elsewhere"];

    public static TheoryData<string> Names => [.. Catalogue.All.Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_method_has_a_page_that_is_true(string name)
    {
        CatalogueEntry e = Catalogue.Find(name)!;
        string path = Path.Combine(Repository.Root, "docs", "methods", name + ".md"),
            picture = Path.Combine(Repository.Root, "docs", "methods", "img", name + ".svg");
        Assert.True(File.Exists(path), $"docs/methods/{name}.md is missing; copy the headings of another page and run eng/accept.");
        string text = File.ReadAllText(path), generated = MethodPage.Generate(e), drawn = MethodPictures.Draw(e);
        Regex part = new($@"(<!-- method: {Regex.Escape(name)};[^\n]* -->\n)(.*?)(<!-- /method -->)", RegexOptions.Singleline);
        Match m = part.Match(text);
        Assert.True(m.Success, $"docs/methods/{name}.md has no generated part.");
        if (Repository.Accepting)
        {
            File.WriteAllText(path, part.Replace(text, _ => m.Groups[1].Value + generated + m.Groups[3].Value));
            Directory.CreateDirectory(Path.GetDirectoryName(picture)!);
            File.WriteAllText(picture, drawn);
            text = File.ReadAllText(path);
            m = part.Match(text);
        }
        Assert.Equal(generated, m.Groups[2].Value);
        Assert.Equal(File.ReadAllText(picture), drawn);
        foreach (string heading in Headings) Assert.Matches($@"(?m)^{Regex.Escape(heading)}\n\n\S[\s\S]{{15,}}", text);
    }

    [Fact]
    public void There_is_no_page_without_a_method()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "methods"), "*.md"))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            Assert.True(name == "README" || Catalogue.Find(name) is not null || Catalogue.FindProcedure(name) is not null, file);
        }
    }

    [Fact]
    public void A_procedure_has_a_page_that_says_what_the_catalogue_says()
    {
        foreach (Procedure p in Catalogue.Procedures)
        {
            string path = Path.Combine(Repository.Root, "docs", "methods", p.Name + ".md");
            Assert.True(File.Exists(path), $"docs/methods/{p.Name}.md is missing.");
            string text = File.ReadAllText(path);
            Assert.Contains($"**{p.Title}** — {(p.Id == "beyond" ? "beyond the notes" : p.Id)}; ", text, StringComparison.Ordinal);
            Assert.Contains($"`{p.Runs.Name}`", text, StringComparison.Ordinal);
            if (p.Command is { } command) Assert.Contains($"`descent {command} ", text, StringComparison.Ordinal);
            foreach (string heading in (string[])["## When to use it", "## When not"])
                Assert.Matches($@"(?m)^{heading}\n\n\S[\s\S]{{15,}}", text);
        }
    }

    [Fact]
    public void The_index_lists_every_page()
    {
        string index = "# The methods\n\nOne page each, in the order of the catalogue. The first part of a page is generated from the "
            + "program and checked by a test.\n\n| method | id | what it is | needs | a step costs |\n|---|---|---|---|---|\n"
            + string.Concat(Catalogue.All.Select(e => $"| [{e.Name}]({e.Name}.md) | {e.Id} | {e.Title} | {e.NeedsText} | {e.Cost} |\n"))
            + "\nNot driven by gradients:\n\n| method | id | what it is | needs | a step costs | class |\n|---|---|---|---|---|---|\n"
            + string.Concat(Catalogue.Procedures.Select(
                p => $"| [{p.Name}]({p.Name}.md) | {p.Id} | {p.Title} | {p.NeedsText} | {p.Cost} | `{p.Runs.Name}` |\n"));
        string path = Path.Combine(Repository.Root, "docs", "methods", "README.md");
        if (Repository.Accepting) File.WriteAllText(path, index);
        Assert.Equal(index, File.ReadAllText(path));
    }
}
