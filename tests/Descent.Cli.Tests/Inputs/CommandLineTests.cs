using System.Numerics;
using System.Runtime.Intrinsics;

namespace Descent.Cli.Tests.Inputs;

/// <summary>Command lines that are wrong, each with what the one sentence has to say: what was found, and what to type instead.</summary>
public class CommandLineTests
{
    const string Fit = "fit {iris} --target petal_length";

    public static TheoryData<string, string> Wrong => new()
    {
        // Commands.
        { "fti {iris}", "there is no command 'fti'. Did you mean fit?" },
        { "fitt", "Did you mean fit?" },
        { "predcit m.json", "Did you mean predict?" },
        { "evalute", "Did you mean evaluate?" },
        { "inspekt {iris}", "Did you mean inspect?" },
        { "plna", "Did you mean plan?" },
        { "tnue", "Did you mean tune?" },
        { "comapre", "Did you mean compare?" },
        { "docter", "Did you mean doctor?" },
        { "method", "Did you mean methods?" },
        { "galery", "Did you mean gallery?" },
        { "Fit {iris}", "there is no command 'Fit'. Did you mean fit?" },
        { "{iris}", "there is no command" },
        { "xyzzy", "there is no command 'xyzzy'. See 'descent --help'" },
        { "--verson", "the option '--verson' is not known. Did you mean --version?" },
        { "--hepl", "Did you mean --help?" },
        // Options that nobody knows.
        { Fit + " --taget y", "the option '--taget' is not known. Did you mean --target?" },
        { Fit + " --feature x", "Did you mean --features?" },
        { Fit + " --ephocs 3", "Did you mean --epochs?" },
        { Fit + " --metod sgd", "Did you mean --method?" },
        { Fit + " --modle linear", "Did you mean --model?" },
        { Fit + " --outt x", "Did you mean --out?" },
        { Fit + " --reprot x", "Did you mean --report?" },
        { Fit + " --sede 3", "Did you mean --seed?" },
        { Fit + " --standardise", "Did you mean --standardize?" },
        { Fit + " --penalise-intercept", "Did you mean --penalize-intercept?" },
        { Fit + " --frobnicate", "the option '--frobnicate' is not known. See 'descent fit --help'." },
        { Fit + " -z", "the option '-z' is not known" },
        { Fit + " --l2=", "--l2" },
        { "predict {model} {iris} --ot p.csv", "Did you mean --out?" },
        { "predict {model} {iris} --target y", "the option '--target' is not known" },
        { "evaluate {model} {iris} --jsn", "Did you mean --json?" },
        { "evaluate {model} {iris} --threshold 1.5", "--threshold 1.5: expected a probability above 0 and below 1" },
        { "evaluate {model} {iris} --calibration 1", "--calibration 1: expected from 2 to 1000 groups" },
        { "evaluate {model} {iris} --calibration ten", "--calibration is 'ten'; expected a whole number" },
        { "inspect {iris} --seperator ;", "Did you mean --separator?" },
        { "inspect {iris} {iris}", "is one word too many" },
        { "doctor a b", "'b' is one word too many" },
        { "gallery --raport x", "Did you mean --report?" },
        // What is missing.
        { "fit", "DATA is missing" },
        { "predict", "MODEL is missing" },
        { "predict {model}", "DATA is missing" },
        { "evaluate", "MODEL is missing" },
        { "inspect", "FILE is missing" },
        { "doctor", "RUN is missing" },
        { "compare {iris} --target petal_length", "--methods is missing" },
        { "plan {iris} --target petal_length", "--accuracy is missing" },
        { "fit {iris} --target", "--target needs a value" },
        { Fit + " --seed", "--seed needs a whole number" },
        { Fit + " --epochs", "--epochs needs a number" },
        { Fit + " --out", "--out needs a value" },
        { Fit + " --features", "--features needs a value" },
        // Values that are none.
        { Fit + " --seed x", "--seed is 'x'; expected a whole number from 0 to 18446744073709551615" },
        { Fit + " --seed -1", "--seed is '-1'; expected a whole number" },
        { Fit + " --seed 1.5", "--seed is '1.5'; expected a whole number" },
        { Fit + " --seed 18446744073709551616", "--seed is '18446744073709551616'" },
        { Fit + " --epochs many", "--epochs is 'many'; expected a number" },
        { Fit + " --steps 1.5", "--steps is '1.5'; expected a whole number" },
        { Fit + " --steps 99999999999999999999", "--steps is '99999999999999999999'" },
        { Fit + " --l1 a", "--l1 is 'a'; expected a number" },
        { Fit + " --valid half", "--valid is 'half'; expected a number" },
        { Fit + " --gap tiny", "--gap is 'tiny'; expected a number" },
        { Fit + " --tau q", "--tau is 'q'; expected a number" },
        { Fit + " --threads all", "--threads is 'all'; expected a whole number" },
        { Fit + " --threads 0", "--threads" },
        { Fit + " --patience x", "--patience is 'x'; expected a whole number" },
        { Fit + " --patience 0 --valid 0.1", "--patience is 0" },
        { Fit + " --patience 3", "--patience needs held-out rows" },
        { Fit + " --repeat 0", "--repeat is 0" },
        { Fit + " --skip-lines -1", "--skip-lines is -1" },
        { Fit + " --skip-lines x", "--skip-lines is 'x'; expected a whole number" },
        { Fit + " --max-features 1e3", "--max-features is '1e3'; expected a whole number" },
        { Fit + " --delta x", "--delta is 'x'; expected a number" },
        { Fit + " --gap -1", "--gap is -1" },
        { Fit + " --grad-tol NaN", "--grad-tol is NaN" },
        { Fit + " --tol -0.1", "--tol is -0.1" },
        { Fit + " --l2 -1", "--l2 is '-1'" },
        { Fit + " --l2 x", "--l2 is 'x'" },
        { Fit + " --l1 -1", "--l1 is -1" },
        { Fit + " --valid 1", "--valid is 1" },
        { Fit + " --model magic", "--model 'magic' is not known" },
        { Fit + " --method magic", "--method 'magic' is not known" },
        { Fit + " --method sgd --batch 0", "--batch is '0'" },
        { Fit + " --method sgd --schedule wave", "--schedule 'wave' is not known" },
        { Fit + " --method gd --lr -1", "--lr is '-1'" },
        { Fit + " --method sgd --momentum 0.5", "--momentum means nothing to --method sgd" },
        { Fit + " --method newton --lr 0.5", "--lr means nothing to --method newton" },
        { Fit + " --set beta1", "--set is 'beta1'" },
        { Fit + " --set beta1=x", "--set is 'beta1=x'" },
        { Fit + " --time-limit soon", "--time-limit is 'soon'" },
        { Fit + " --memory-limit lots", "--memory-limit is 'lots'" },
        { Fit + " --memory-limit 1", "--memory-limit is '1'" },
        { Fit + " --memory-limit -4G", "--memory-limit" },
        { Fit + " --format xls", "--format is 'xls'" },
        { Fit + " --hidden 3", "belong to --model mlp" },
        { Fit + " --model mlp --hidden 0", "--hidden is '0'" },
        { Fit + " --model mlp --activation step", "--activation is 'step'" },
        { Fit + " --model mlp --init zero", "--init is 'zero'" },
        { Fit + " --model quantile --tau 1.5", "--tau is 1.5" },
        { Fit + " --out model.safetensors", "Name it model.json" },
        { Fit + " --out {iris}", "which would be destroyed" },
        { "fit {iris} --target nothing", "there is no column 'nothing'" },
        { Fit + " --features nothing", "there is no column 'nothing'" },
        { "compare {iris} --target petal_length --methods gd --out m", "--out means nothing to compare" },
        { "compare {iris} --target petal_length --methods ,", "--methods names no method" },
        { "plan {iris} --target petal_length --accuracy 2", "--accuracy is 2" },
        { "tune {iris} --target petal_length --search luck", "--search is 'luck'" },
        { "tune {iris} --target petal_length --trials 1", "--trials is 1" },
        { "tune {iris} --target petal_length --folds 0", "--folds is 0" },
        { "gallery E999", "there is no example 'E999'" },
        { "doctor nowhere", "there is no history.json" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_command_line_is_one_sentence(string line, string sentence)
    {
        string model = Path.Combine(Cli.Root, "tests", "golden", "models", "v1", "logistic.json");
        string[] args = [.. line.Split(' ').Select(w => w == "{iris}" ? Cli.Sample("iris.csv") : w == "{model}" ? model : w)];
        var (code, output, error) = Cli.Run(args);
        Assert.True(code == 1, $"exit code {code}: {output}{error}");
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.StartsWith("descent: ", error, StringComparison.Ordinal);
        // How the data was read is said beside it, where it had to be read to know.
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => !l.Contains(": read as ", StringComparison.Ordinal));
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
        Assert.Equal("", output);
    }

    [Fact]
    public void There_are_a_hundred_of_them() => Assert.True(Wrong.Count >= 100);

    [Theory]
    [InlineData("")]
    [InlineData("--help")]
    [InlineData("fit --help")]
    public void Help_is_no_error(string line)
    {
        var (code, output, error) = Cli.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_says_what_runs()
    {
        var (code, output, error) = Cli.Run("--version");
        Assert.Equal((0, ""), (code, error));
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // The width as the runtime's own portable vectors are told it.
        Assert.Equal($"vectors  {(Vector512.IsHardwareAccelerated ? 512 : Vector<byte>.Count * 8)} bits", lines[2]);
        Assert.Equal("plans    compiled", lines[3]);
        Assert.StartsWith($"runtime  .NET {Environment.Version}, just-in-time compiler", lines[1], StringComparison.Ordinal);
    }
}
