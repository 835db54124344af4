using System.CommandLine;
using Descent.Cli.Output;

namespace Descent.Cli.Commands;

/// <summary><c>descent methods</c>: the catalogue as a table, or one method in full.</summary>
static class MethodsCommand
{
    public static Command Build()
    {
        Argument<string?> name = new("METHOD")
        {
            Description = "A method, to see its numbers and their defaults; without it, the whole "
            + "list.",
            Arity = ArgumentArity.ZeroOrOne
        };
        Command command = new("methods", "Lists every method with its recursion, what it needs, what a step costs and its "
            + "source.\n\nExample:\n  descent methods adam") { name };
        command.SetAction(p => p.GetValue(name) is { } one ? Show(one) : List());
        return command;
    }

    static int List()
    {
        Console.Out.Write(TextTable.Render(
            ["name", "id", "method", "recursion", "needs", "a step costs", "source"],
            [.. Catalogue.All.Select(e => (IReadOnlyList<string>)[e.Name, e.Id, e.Title, e.Recursion, e.NeedsText, e.Cost, e.Source])],
            leftColumns: 7));
        foreach (CatalogueEntry e in Catalogue.All.Where(e => e.Races is not null))
            Console.Out.WriteLine($"\n{e.Name} is {e.DeterminismText}.");
        Console.Out.WriteLine("\nNot driven by gradients, each run by a class or a command of its own:\n");
        Console.Out.Write(TextTable.Render(["name", "id", "method", "recursion", "needs", "a step costs", "run by", "source"],
            [.. Catalogue.Procedures.Select(q => (IReadOnlyList<string>)[q.Name, q.Id, q.Title, q.Recursion, q.NeedsText, q.Cost, RunBy(q),
                q.Source])], leftColumns: 8));
        return ExitCode.Done;
    }

    static string RunBy(Procedure p) => p.Command is { } command ? $"descent {command}" : $"class {p.Runs.Name}";

    static int Show(Procedure p)
    {
        Console.Out.WriteLine($"{p.Title} ({p.Id}; {p.Source})\n");
        Console.Out.WriteLine($"  {p.Recursion}\n");
        Console.Out.WriteLine($"  needs         {p.NeedsText}");
        Console.Out.WriteLine($"  a step costs  {p.Cost}");
        Console.Out.WriteLine($"  run by        {(p.Command is null ? "" : $"descent {p.Command}, ")}class {p.Runs.FullName}");
        return ExitCode.Done;
    }

    static int Show(string name)
    {
        if (Catalogue.FindProcedure(name) is { } procedure) return Show(procedure);
        CatalogueEntry e = Catalogue.Find(name)
            ?? throw new UsageException($"there is no method '{name}'. 'descent methods' lists them all.");
        Console.Out.WriteLine($"{e.Title} ({e.Id}; {e.Source})\n");
        Console.Out.WriteLine($"  {e.Recursion}\n");
        Console.Out.WriteLine($"  needs         {e.NeedsText}");
        Console.Out.WriteLine($"  a step costs  {e.FullCost}");
        if (e.LearnsOnline) Console.Out.WriteLine("  streams       learns row by row (fit --online)");
        if (e.CanSample) Console.Out.WriteLine($"  batch         {e.Batch} by default");
        Console.Out.WriteLine($"  step size     {(e.Step is null ? "finds its own" : e.Step.Why)}");
        if (e.Races is not null) Console.Out.WriteLine($"  same bits     {e.DeterminismText}");
        if (e.Average is { } average) Console.Out.WriteLine($"  reports       {average.Description}");
        Console.Out.WriteLine(
            $"  L1 penalty    {e.PenaltyText}");
        if (e.Parameters.Count > 0)
        {
            Console.Out.WriteLine();
            Console.Out.Write(TextTable.Render(
                ["number", "symbol", "default", "range", "what it is"],
                [.. e.Parameters.Select(p => (IReadOnlyList<string>)[Spelling.NumberOption(p.Name), p.Symbol, double.IsNaN(p.Default)
                    ? "derived" : Text.Number(p.Default), p.Range, p.What])],
                "  ", 5));
        }
        return ExitCode.Done;
    }
}
