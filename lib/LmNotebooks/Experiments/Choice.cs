namespace LmNotebooks.Experiments;

/// <summary>Something of an arm besides its learning rate that is tuned before it is judged, so that a method is not
/// blamed for a setting: the shares of its stages, say.</summary>
/// <param name="Name">What is chosen.</param>
/// <param name="Options">Two or more. Each makes an arm one with that option; the first is used while the learning rate
/// is tuned. It must hold for an arm that has another amount of text, too.</param>
public sealed record Choice(string Name, IReadOnlyList<Option> Options)
{
    /// <summary>Among values of one setting.</summary>
    /// <param name="values">The first is used while the learning rate is tuned.</param>
    public static Choice Among<T>(string name, Func<Arm, T, Arm> with, params IReadOnlyList<T> values) =>
        new(name, [.. values.Select(value => new Option(FormattableString.Invariant($"{value}"),
            arm => with(arm, value)))]);
}
