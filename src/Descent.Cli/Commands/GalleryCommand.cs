using System.CommandLine;

namespace Descent.Cli.Commands;

/// <summary><c>descent gallery</c>.</summary>
static class GalleryCommand
{
    public static Command Build()
    {
        Command command = new("gallery", "Worked examples of the notes.");
        command.SetAction(_ => 0);
        return command;
    }
}
