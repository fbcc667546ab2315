using System.Reflection;
using System.Reflection.Emit;

namespace LmNotebooks.Tests.Guards;

/// <summary>Who calls whom, read from compiled code.</summary>
internal static class Calls
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly
        | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>All methods and constructors of a type, also those of the compiler; not those of types in it.</summary>
    public static IEnumerable<MethodBase> MethodsOf(Type type) =>
        [.. type.GetMethods(Declared), .. type.GetConstructors(Declared)];

    /// <summary>The methods that one calls, makes a delegate of, or makes an object with, in order; of generic ones,
    /// their definitions.</summary>
    public static IEnumerable<MethodBase> Of(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il) yield break;
        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            var code = Codes[il[at] == 0xFE ? (short)(0xFE00 | il[at + 1]) : il[at]];
            var operand = at + code.Size;
            at = operand + SizeOfOperand(code.OperandType, il, operand);
            if (code.OperandType != OperandType.InlineMethod) continue;
            var called = method.Module.ResolveMethod(BitConverter.ToInt32(il, operand), ofType, ofMethod)!;
            if (called.DeclaringType is { IsArray: true }) continue;   // has no code
            yield return called.Module.ResolveMethod(called.MetadataToken)!;
        }
    }

    private static int SizeOfOperand(OperandType operand, byte[] il, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
        _ => 4,
    };
}
