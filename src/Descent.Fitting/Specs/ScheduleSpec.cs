using Descent.Fitting.Planning;

namespace Descent.Fitting;

/// <summary>
/// A schedule of step sizes as it was asked for: shapes one after another (<c>constant:over=50% then linear</c>), or the steps of the
/// guarantee that fits the problem (<c>theory</c>). Which step each number falls on is known once the length of the run is.
/// </summary>
public sealed record ScheduleSpec
{
    ScheduleSpec(string text, IReadOnlyList<SchedulePart> parts) => (Text, Parts) = (text, parts);

    /// <summary>The steps of the guarantee that fits the problem.</summary>
    public static ScheduleSpec Theory { get; } = new("theory", []);

    /// <summary>Its text form.</summary>
    public string Text { get; }

    /// <summary>The shapes, one after another; none for the theory's steps.</summary>
    public IReadOnlyList<SchedulePart> Parts { get; }

    /// <summary>Whether a guarantee gives the steps.</summary>
    public bool IsTheory => Parts.Count == 0;

    /// <summary>A schedule by its text form.</summary>
    /// <exception cref="FitException">The text is no schedule; what is known is said.</exception>
    public static ScheduleSpec Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text == Theory.Text ? Theory : new ScheduleSpec(text, ScheduleGrammar.Parts(text));
    }

    /// <summary>A schedule by its text form.</summary>
    /// <exception cref="FitException">The text is no schedule; what is known is said.</exception>
    public static implicit operator ScheduleSpec(string text) => Parse(text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
