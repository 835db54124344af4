using System.CommandLine;
using Descent.Cli.Output;

namespace Descent.Cli.Commands;

/// <summary><c>descent methods</c>: the catalogue as a table.</summary>
static class MethodsCommand
{
    public static Command Build()
    {
        Command command = new("methods", "Lists every method with its recursion, what it needs, what a step costs and its source.");
        command.SetAction(_ =>
        {
            Console.Out.Write(TextTable.Render(
                ["name", "id", "method", "recursion", "needs", "a step costs", "source"],
                [.. Catalogue.All.Select(e => (IReadOnlyList<string>)[e.Name, e.Id, e.Title, e.Recursion, e.Needs, e.Cost, e.Source])],
                leftColumns: 7));
            return ExitCode.Done;
        });
        return command;
    }
}
