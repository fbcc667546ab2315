using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;

namespace LmNotebooks.Records;

/// <summary>What the compiled body of a method names: the methods that it calls or hands on, its fields and
/// types.</summary>
internal static class Instructions
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private static readonly ConcurrentDictionary<MethodBase, IReadOnlyList<MemberInfo>> Known = new();

    /// <summary>The members that the body names, and the types of its local variables; none where it has no
    /// body.</summary>
    public static IReadOnlyList<MemberInfo> Of(MethodBase method) => Known.GetOrAdd(method, Read);

    private static IReadOnlyList<MemberInfo> Read(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } bytes) return [];
        var members = new List<MemberInfo>(body.LocalVariables.Select(l => l.LocalType));
        Type[] ofType = method.DeclaringType?.GetGenericArguments() ?? [],
            ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (var at = 0; at < bytes.Length;)
        {
            // a code that begins with FE has two bytes
            var value = bytes[at] == 0xFE ? (short)(0xFE00 | bytes[at + 1]) : bytes[at];
            var code = Codes[value];
            at += code.Size;
            int Number(int from) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(from));
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
                or OperandType.InlineTok)
                members.Add(method.Module.ResolveMember(Number(at), ofType, ofMethod)!);
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * Number(at),
                _ => 4,
            };
        }
        return members;
    }
}
