using System.CommandLine;
using Descent.Data;

namespace Descent.Cli.Commands.Options;

/// <summary>What is kept of a text that was read.</summary>
sealed class CacheOptions : OptionGroup
{
    readonly Option<bool> write, no;
    readonly Option<string?> folder;

    public CacheOptions()
    {
        write = Add("--cache", "Keep what was read as a file beside the data, which later runs map instead of reading the text again.",
            false);
        folder = Optional("--cache-dir", "Folder for --cache, and for rows that memory has no room for. Default: beside the data, and "
            + "the folder for temporary files.");
        no = Add("--no-cache", "Read the text though a cache of it is there.", false);
    }

    /// <summary>What was asked of the cache.</summary>
    public CacheSpec Read(ParseResult p) => new() { Use = !p.GetValue(no), Write = p.GetValue(write), Folder = p.GetValue(folder) };
}
