using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LmNotebooks.Records;

/// <summary>The types of the library and of a reader's own code that a computation can come to, found in the compiled
/// code: from a call to what that calls, and so on. A call through an interface or a base class can come to every type
/// of which something is made on the way, or which the computation is handed.</summary>
internal sealed class Reach
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static;
    private const BindingFlags Own = All | BindingFlags.DeclaredOnly;

    private static readonly Assembly Library = typeof(Reach).Assembly;

    private readonly Queue<MethodBase> open = new();
    private readonly HashSet<MethodBase> called = [];
    private readonly HashSet<Type> types = [], made = [];
    private readonly HashSet<object> handed = new(ReferenceEqualityComparer.Instance);

    /// <param name="calls">Where the computation begins, with what those calls are handed: arms, say, with their
    /// strategies and functions.</param>
    public Reach(params IEnumerable<Delegate> calls)
    {
        foreach (var call in calls)
        {
            if (call.Method.DeclaringType is { } type && IsOwn(type)) Name(type);
            Hand(call);
        }
        while (open.TryDequeue(out var method))
            foreach (var member in Instructions.Of(method)) Name(member);
    }

    /// <summary>The types whose code, or whose fields, it comes to.</summary>
    public IReadOnlyCollection<Type> Types => types;

    private void Name(MemberInfo member)
    {
        switch (member)
        {
            case Type type: NameType(type); break;
            case FieldInfo field: NameType(field.DeclaringType!); break;
            case MethodBase method: Call(method); break;
        }
    }

    private void NameType(Type type)
    {
        if (type.HasElementType) NameType(type.GetElementType()!);
        if (type.IsGenericType) foreach (var argument in type.GetGenericArguments()) Make(argument);
        if (!IsOwn(type) || !types.Add(type = Definition(type))) return;
        if (type.TypeInitializer is { } initializer) Call(initializer);
        if (type.BaseType is { } parent) NameType(parent);
        if (type.IsValueType) Make(type);   // its default value needs no constructor
    }

    private void Call(MethodBase method)
    {
        if (method.DeclaringType is not { } type) return;
        NameType(type);
        if (method.IsGenericMethod) foreach (var argument in method.GetGenericArguments()) Make(argument);
        if (!IsOwn(type)) return;
        if (method.IsConstructor && !method.IsStatic) Make(type);
        var definition = method.Module.ResolveMethod(method.MetadataToken)!;
        if (called.Add(definition)) open.Enqueue(definition);
    }

    /// <summary>Something of the type may be made, and any of its virtual methods be called on it. Where it is made by
    /// others, who know it as an argument for their generic code, they may use all that it has.</summary>
    private void Make(Type type)
    {
        if (type.HasElementType) Make(type.GetElementType()!);
        NameType(type);
        if (!IsOwn(type) || !made.Add(type = Definition(type))) return;
        for (var t = type; t is not null && IsOwn(t); t = t.BaseType is { } parent ? Definition(parent) : null)
            foreach (var method in t.GetMethods(Own).Where(m => m.IsVirtual || IsSetter(m))) Call(method);
        foreach (var constructor in type.GetConstructors(Own).Where(c => !c.IsStatic)) Call(constructor);
        // a description that is read from a file brings what it is made of
        foreach (var property in type.GetProperties(Own)) NameType(property.PropertyType);
    }

    /// <summary>The computation is handed a value: what its type does, and all that it holds.</summary>
    private void Hand(object? value)
    {
        if (value is null or string or Pointer or MemberInfo || value.GetType() is { IsPrimitive: true }) return;
        if (!value.GetType().IsValueType && !handed.Add(value)) return;
        if (value is Delegate function)
        {
            // The text of a function in a definition does not count, since what it makes is described; what it calls
            // does.
            foreach (var each in function.GetInvocationList())
            {
                if (each.Method.DeclaringType is { } type && IsOwn(type) && called.Add(each.Method))
                    open.Enqueue(each.Method);
                Hand(each.Target);
            }
            return;
        }
        if (value is IEnumerable many and (Array or ICollection)) foreach (var item in many) Hand(item);
        if (!IsOwn(value.GetType())) return;
        if (!value.GetType().IsDefined(typeof(CompilerGeneratedAttribute))) Make(value.GetType());
        for (var t = value.GetType(); t is not null && IsOwn(t); t = t.BaseType)
            foreach (var field in t.GetFields(Own).Where(f => !f.IsStatic && !f.FieldType.IsPointer))
                Hand(field.GetValue(value));
    }

    private static bool IsSetter(MethodInfo method) => method.IsSpecialName && method.Name.StartsWith("set_");

    private static bool IsOwn(Type type) => type is { IsGenericParameter: false, HasElementType: false }
        && (type.Assembly == Library || type.Assembly.GetReferencedAssemblies()
            .Any(a => a.Name == Library.GetName().Name));

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
