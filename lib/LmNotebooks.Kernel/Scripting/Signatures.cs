using Microsoft.CodeAnalysis;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Declarations in one line, as a reader would write them: <c>int Math.Max(int val1, int val2)</c>.</summary>
internal static class Signatures
{
    private static readonly SymbolDisplayFormat Short = new(
        genericsOptions: SymbolDisplayFormat.MinimallyQualifiedFormat.GenericsOptions,
        memberOptions: SymbolDisplayFormat.MinimallyQualifiedFormat.MemberOptions
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        parameterOptions: SymbolDisplayFormat.MinimallyQualifiedFormat.ParameterOptions,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        localOptions: SymbolDisplayLocalOptions.IncludeType,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword,
        miscellaneousOptions: SymbolDisplayFormat.MinimallyQualifiedFormat.MiscellaneousOptions);

    public static string Of(ISymbol symbol) => symbol.ToDisplayString(Short);

    /// <summary>The first signature, and how many more a method of this name has.</summary>
    public static string OfAll(IReadOnlyList<ISymbol> symbols) =>
        Of(symbols[0]) + (symbols[0] is IMethodSymbol ? symbols.Count : 1) switch
    {
        1 => "",
        2 => " (+ 1 overload)",
        var n => $" (+ {n - 1} overloads)",
    };
}
