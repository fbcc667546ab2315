using System.Collections.Concurrent;
using System.Reflection;
using TorchSharp;

namespace LmNotebooks.Tests.Guards;

/// <summary>Finds code that makes one of TorchSharp's scalars, or calls something in TorchSharp that makes one. Nothing
/// holds such a scalar while libtorch reads it, so that the garbage collector may free it first.</summary>
internal static class TemporaryScalars
{
    private static readonly Assembly TorchSharp = typeof(torch).Assembly;

    /// <summary>By method of TorchSharp, the calls from it to where a scalar is made; null where none is.</summary>
    private static readonly ConcurrentDictionary<MethodBase, string?> Found = new();

    /// <summary>One sentence for each place in these types.</summary>
    public static IEnumerable<string> In(IEnumerable<Type> types) =>
        from type in types
        from method in Calls.MethodsOf(type)
        from called in Calls.Of(method).Distinct()
        where called.Module.Assembly == TorchSharp
        let way = Found.GetOrAdd(called, Way)
        where way is not null
        select $"{Name(method)} calls {way}";

    private static bool Makes(MethodBase method) => method switch
    {
        MethodInfo m => m.ReturnType == typeof(Scalar),
        _ => method.DeclaringType == typeof(Scalar),
    };

    /// <summary>Looks through everything in TorchSharp that a method can reach. Of the objects that it makes, all
    /// methods are reached that may be called through a base class: a module's forward pass, say.</summary>
    private static string? Way(MethodBase start)
    {
        var from = new Dictionary<MethodBase, MethodBase?> { [start] = null };
        var left = new Queue<MethodBase>([start]);
        while (left.TryDequeue(out var method))
        {
            if (Makes(method)) return string.Join(", which calls ", Back(method, from).Reverse().Select(Name));
            foreach (var next in Calls.Of(method).SelectMany(Reached).Where(m => m.Module.Assembly == TorchSharp))
                if (from.TryAdd(next, method)) left.Enqueue(next);
        }
        return null;
    }

    private static IEnumerable<MethodBase> Reached(MethodBase called) => called is ConstructorInfo
        ? [called, .. Calls.MethodsOf(called.DeclaringType!).OfType<MethodInfo>().Where(Overrides)] : [called];

    private static bool Overrides(MethodInfo method) =>
        method.IsVirtual && method.GetBaseDefinition().DeclaringType != typeof(object);

    private static IEnumerable<MethodBase> Back(MethodBase? method, Dictionary<MethodBase, MethodBase?> from)
    {
        for (; method is not null; method = from[method]) yield return method;
    }

    private static string Name(MethodBase method)
    {
        var parameters = method.GetParameters().Select(p => p.ParameterType.Name);
        return $"{method.DeclaringType}.{method.Name}({string.Join(',', parameters)})";
    }
}
