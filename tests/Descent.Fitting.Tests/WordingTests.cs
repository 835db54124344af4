using Descent.Fitting.Specs;

namespace Descent.Fitting.Tests;

/// <summary>Messages as programs read them: no option keeps the spelling of the command line, whether it has another name or not.</summary>
public class WordingTests
{
    [Theory]
    [InlineData("--l2 is 'x'; use --lr 0.1.", "L2 is 'x'; use Method.StepSize 0.1.")]
    [InlineData("--no-such-option means nothing here, nor does --gap.", "no-such-option means nothing here, nor does Budget.Gap.")]
    [InlineData("a − b -- c stays", "a − b -- c stays")]
    public void Options_become_names(string said, string read) => Assert.Equal(read, Wording.ForPrograms(said));
}
