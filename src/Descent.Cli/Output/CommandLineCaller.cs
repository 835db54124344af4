using System.CommandLine;
using Descent.Diagnosis;

namespace Descent.Cli.Output;

/// <summary>The command line as the one who asks: its remedies are command lines, too.</summary>
sealed class CommandLineCaller(string line) : Caller(line)
{
    /// <summary>The line as it was typed but for passwords, words with blanks in quotes.</summary>
    public static CommandLineCaller Of(ParseResult p) => new("descent "
        + string.Join(' ', Commands.SourceOptions.Shown(p).Select(CommandText.Quoted)));

    /// <inheritdoc/>
    public override Caller With(IReadOnlyList<SettingChange> changes) => new CommandLineCaller(Changed(Text, changes));

    /// <summary>The line with settings changed; what asks the doctor again goes.</summary>
    public static string Changed(string line, IReadOnlyList<SettingChange> changes) =>
        changes.Aggregate(CommandText.With(line, "--fix", null), (l, c) => CommandText.With(l, Spelling.OptionOf(c.Setting)!, c.Value));
}
