using System.Globalization;
using System.Text.RegularExpressions;

namespace Descent.Cli.Tests.Inputs;

/// <summary>Formulas that are none: one sentence that names the place, the formula with a mark under that place, exit code 1.</summary>
public class BadFormulaTests
{
    static readonly string Stones = Path.Combine(Cli.Root, "tests", "Descent.Cli.Tests", "data", "formulas", "stones.csv");

    [Theory]
    // What is no formula at all.
    [InlineData("", 0, "the formula is empty")]
    [InlineData("price", 1, "the formula has no '~'")]
    [InlineData("price + carat", 1, "the formula has no '~'")]
    [InlineData("~ carat", 1, "has no target before '~'")]
    [InlineData("price ~", 0, "ends at character 7; expected a column")]
    [InlineData("price ~ carat ~ depth", 15, "a second '~'")]
    [InlineData("price ~ carat +", 0, "ends at character 15; expected a column")]
    [InlineData("price ~ carat + * depth", 17, "has '*' at character 17")]
    [InlineData("price ~ + + )", 13, "has ')' at character 13")]
    [InlineData("price ~ (carat + depth", 9, "opens a '(' at character 9 that is never closed")]
    [InlineData("price ~ log(carat", 12, "opens a '(' at character 12 that is never closed")]
    [InlineData("price ~ carat)", 14, "has ')' at character 14")]
    [InlineData("price ~ carat depth", 15, "has 'd' at character 15; expected an operator or the end")]
    [InlineData("price ~ `carat", 9, "opens a quote ` at character 9 that is never closed")]
    [InlineData("price ~ \"carat", 9, "opens a quote \" at character 9 that is never closed")]
    [InlineData("price ~ ``", 9, "the quotes at character 9")]
    [InlineData("price ~ carat @ depth", 15, "has '@' at character 15")]
    [InlineData("price ~ 1.2.3", 9, "'1.2.3' at character 9 of the formula is no finite number")]
    [InlineData("price ~ carat %x% depth", 15, "has '%' at character 15")]
    // Operators that are meant for something else.
    [InlineData("price ~ carat + (1 | cut)", 20, "groups with effects of their own")]
    [InlineData("price ~ carat > 1", 15, "'>' at character 15 of the formula compares")]
    [InlineData("price ~ I(carat > 1)", 17, "'>' at character 17 of the formula compares")]
    [InlineData("price ~ carat < 1", 15, "'<' at character 15 of the formula compares")]
    [InlineData("price ~ !carat", 9, "'!' at character 9 of the formula is no operator")]
    [InlineData("price ~ carat & depth", 15, "a:b is the interaction")]
    [InlineData("price ~ stones$carat", 15, "name the column alone")]
    [InlineData("price ~ carat[1]", 14, "'[' at character 14")]
    [InlineData("price ~ 2", 9, "the number 2 at character 9 of the formula is no term")]
    [InlineData("price ~ 2*carat", 9, "the number 2 at character 9 of the formula is no term")]
    [InlineData("price ~ carat/100", 15, "the number 100 at character 15 of the formula is no term … I(…) is for arithmetic")]
    [InlineData("price ~ carat:1", 15, "'1' at character 15 of the formula cannot be crossed")]
    [InlineData("price ~ carat^0.5", 15, "whole number from 1 to 50")]
    [InlineData("price ~ carat^depth", 15, "write I(carat^depth)")]
    [InlineData("price ~ carat + price", 17, "the target 'price' stands among the terms")]
    [InlineData("cut ~ carat + C(cut)", 15, "the target 'cut' stands among the terms")]
    // Names.
    [InlineData("price ~ carot", 9, "there is no column 'carot' in … did you mean 'carat'?")]
    [InlineData("prise ~ carat", 1, "there is no column 'prise' in … did you mean 'price'?")]
    [InlineData("price ~ log(zzzzzz)", 13, "there is no column 'zzzzzz' in … the columns are carat, cut")]
    [InlineData("price ~ `no such` + carat", 9, "there is no column 'no such'")]
    [InlineData("price ~ lgo(carat)", 9, "'lgo' at character 9 of the formula is no function that is known; did you mean log()")]
    [InlineData("price ~ zzzzzz(carat)", 9, "'zzzzzz' at character 9 … there are C, I, abs")]
    [InlineData("price ~ max(carat, depth)", 9, "row by row it is pmax()")]
    [InlineData("log(cut) ~ carat", 5, "the column 'cut' at character 5 of the formula holds text")]
    [InlineData("price ~ I(cut + 1)", 11, "the column 'cut' at character 11 of the formula holds text")]
    [InlineData("price ~ poly(cut, 2)", 14, "the column 'cut' at character 14 of the formula holds text")]
    // Arguments.
    [InlineData("price ~ log()", 9, "log() at character 9 of the formula lacks its argument 'x'")]
    [InlineData("price ~ log(carat, 2, 3)", 23, "log() takes 2 arguments")]
    [InlineData("price ~ log(carat, base=1)", 25, "the base of log() is 1")]
    [InlineData("price ~ log(carat, bas=2)", 20, "log() has no argument 'bas'")]
    [InlineData("price ~ poly(carat, 0)", 21, "'degree' of poly() is 0 at character 21")]
    [InlineData("price ~ poly(carat, 2.5)", 21, "expected a whole number from 1 to 50")]
    [InlineData("price ~ poly(carat, degree=2, degree=3)", 38, "is given 'degree' twice")]
    [InlineData("price ~ poly(carat, 2, raw=perhaps)", 28, "expected TRUE or FALSE")]
    [InlineData("price ~ bs(carat, df=2)", 22, "'df' of bs() is 2 at character 22 … from 3 to 1000")]
    [InlineData("price ~ bs(carat, df=5, knots=c(0.5))", 22, "'df' and 'knots' of bs() at character 22")]
    [InlineData("price ~ bs(carat, knots=c(1, 0.5))", 25, "'knots' of bs() at character 25 of the formula does not rise")]
    [InlineData("price ~ ns(carat, knots=c(99))", 9, "has a knot that is not between its ends")]
    [InlineData("price ~ ns(carat, df=depth)", 22, "'depth' at character 22 of the formula is no number")]
    [InlineData("price ~ cut(carat)", 9, "cut() at character 9 of the formula lacks its argument 'breaks'")]
    [InlineData("price ~ cut(carat, 1)", 20, "'breaks' of cut() is 1 at character 20")]
    [InlineData("price ~ cut(carat, c(0, 2, 1))", 20, "does not rise")]
    [InlineData("price ~ cut(carat, c(0, 1, 9), labels=c(a, b, c))", 39,
        "makes 2 intervals, and 'labels' at character 39 of the formula names 3")]
    [InlineData("price ~ I(poly(carat, 2))", 11, "makes several columns")]
    [InlineData("price ~ log(offset(carat))", 13, "offset() at character 13 of the formula is a term of its own")]
    [InlineData("price ~ carat - offset(depth)", 17, "offset() at character 17 of the formula is taken away")]
    [InlineData("price ~ carat:offset(depth)", 15, "cannot be crossed")]
    [InlineData("price ~ offset(depth, carat)", 9, "offset() at character 9 of the formula takes one argument")]
    [InlineData("price ~ offset(depth)", 9, "has no terms to fit")]
    [InlineData("price ~ 1", 9, "has no terms to fit")]
    // Factors and classes.
    [InlineData("price ~ C(cut, ref=Ideel)", 20,
        "no row of 'cut' has the level 'Ideel' at character 20 … did you mean 'Ideal'?")]
    [InlineData("price ~ C(cut, ordered=Fair<Good)", 9, "lack 'Ideal'")]
    [InlineData("price ~ C(cut, ordered=Fair<Good<Ideal<Premium<Best)", 9, "hold 'Best', which no row has")]
    [InlineData("price ~ C(cut, ordered=Fair<Good<Good)", 24, "names the level 'Good' twice")]
    [InlineData("price ~ C(cut, ordered=TRUE, ref=Fair)", 34, "'ref' at character 34 of the formula means nothing to ordered levels")]
    [InlineData("price ~ C(log(carat))", 11, "C() takes a column")]
    [InlineData("price ~ cut + C(cut, ref=Ideal)", 15, "is a factor in two ways")]
    [InlineData("cut = Ideel ~ carat", 7, "no row of 'cut' has the level 'Ideel' … did you mean 'Ideal'?")]
    [InlineData("log(price) = 3 ~ carat", 1, "has no levels; expected a column before '='")]
    [InlineData("poly(price, 2) ~ carat", 1, "makes several columns")]
    [InlineData("cbind(price, log(depth)) ~ carat", 1, "counts of successes and failures; expected two columns")]
    [InlineData("price ~ cbind(carat, depth)", 9, "is for the target")]
    [InlineData(". ~ carat", 1, "is one column or a function of columns")]
    [InlineData("offset(price) ~ carat", 1, "is one column or a function of columns")]
    public void A_bad_formula_is_answered_by_one_sentence_that_names_the_place(string formula, int character, string sentence)
    {
        var (code, output, error) = Cli.Run("fit", Stones, "--formula", formula);
        Assert.Equal(1, code);
        Assert.Equal("", output);
        string[] lines = [.. error.TrimEnd('\n').Split('\n').Where(l => !l.Contains(": read as CSV", StringComparison.Ordinal))];
        Assert.StartsWith("descent: ", lines[0], StringComparison.Ordinal);
        foreach (string part in sentence.Split(" … ")) Assert.Contains(part, lines[0], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
        Assert.Equal("    " + formula, lines[1]);
        Assert.Matches(@"^ *\^+$", lines[2]);
        // The sentence and the mark speak of one place.
        if (character > 0) Assert.Equal(character, lines[2].IndexOf('^', StringComparison.Ordinal) - 3);
        if (Regex.Match(lines[0], @"at character (\d+) of the formula") is { Success: true } place)
            Assert.Equal(character, int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.True(lines[0].Length < 400, lines[0]);
    }

    [Theory]
    [InlineData("--formula says what --target would: the target stands before '~'", "--target", "price")]
    [InlineData("--formula says what --features would: the columns stand after '~'", "--features", "carat")]
    [InlineData("--formula says what --exclude would: '. - x' leaves x out", "--exclude", "carat")]
    [InlineData("--formula says what --categorical would: C(x) takes a column as levels", "--categorical", "carat")]
    [InlineData("--formula says what --reference would: C(x, ref = LEVEL) names the reference", "--reference", "cut=Good")]
    [InlineData("--formula says what --offset would: offset(x) is a term", "--offset", "depth")]
    [InlineData("--formula says what --exposure would: offset(log(x)) is a term", "--exposure", "depth")]
    [InlineData("--no-intercept: whether there is a constant is the formula's to say; write '- 1' in it", "--no-intercept")]
    [InlineData("--proof: a reader of the proof would need the terms of --formula", "--proof", "p.json")]
    public void What_a_formula_says_is_asked_for_once(string sentence, params string[] options)
    {
        var (code, _, error) = Cli.Run(["fit", Stones, "--formula", "price ~ carat", .. options]);
        Assert.Equal(1, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_formula_in_the_place_of_a_target_is_told_so()
    {
        var (code, _, error) = Cli.Run("fit", Stones, "--target", "price ~ carat");
        Assert.Equal(1, code);
        Assert.Contains("--target is 'price ~ carat', which is a formula: give it as --formula", error, StringComparison.Ordinal);
    }

    // A control character would otherwise move what stands behind it.
    [Fact]
    public void Marks_keep_step_with_what_a_terminal_must_not_obey()
    {
        string[] lines = Cli.Run("fit", Stones, "--formula", "price ~ `a\u001b[2J` + carat").Err.TrimEnd('\n').Split('\n');
        Assert.Equal(@"    price ~ `a\x1B[2J` + carat", lines[^2]);
        Assert.Equal("            ^^^^^^^^^^", lines[^1]);
    }

    [Fact]
    public void A_long_formula_is_shown_around_the_place()
    {
        string formula = "price ~ " + string.Concat(Enumerable.Range(1, 80).Select(k => $"I(carat^{k}) + ")) + "carot";
        string[] lines = Cli.Run("fit", Stones, "--formula", formula).Err.TrimEnd('\n').Split('\n');
        Assert.True(lines[^2].Length < 120, lines[^2]);
        int at = lines[^1].IndexOf('^', StringComparison.Ordinal);
        Assert.Equal("carot", lines[^2][at..(at + 5)]);
    }
}
