using System.Text.RegularExpressions;

namespace Descent.Data.Text;

/// <summary>
/// Recognises the text of Vowpal Wabbit, <c>[label [weight]] ['tag]|namespace name:value name …</c>, which would pass for a table of bars.
/// </summary>
static partial class VowpalWabbit
{
    public static bool IsLine(string line) => Line().IsMatch(line) && !Table().IsMatch(line);

    // A tag without a quote touches the bar, and a label stands before it.
    [GeneratedRegex(@"^\s*(?:[+-]?[0-9.]+(?:e[+-]?[0-9]+)?(?:\s+[0-9.]+){0,2}\s+(?:[^\s|']+(?=\|))?)?(?:'\S*\s*)?"
        + @"\|\S*(?:\s+[^\s|]+(?::[+-]?[0-9.]+(?:e[+-]?[0-9]+)?)?)+\s*(?:\|.*)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    // Fields between bars with blanks around them.
    [GeneratedRegex(@"^[^|:]*\s\|\s+[^\s|:]+\s*(?:\|\s*[^\s|:]+\s*)*$")]
    private static partial Regex Table();
}
