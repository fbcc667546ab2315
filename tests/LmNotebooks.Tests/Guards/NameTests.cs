using System.Runtime.CompilerServices;
using LmNotebooks.Kernel.Notebooks;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Guards;

/// <summary>A name means one thing.</summary>
public class NameTests
{
    [Fact]
    public void No_type_of_the_kernel_has_the_name_of_one_of_the_library() =>
        Assert.Empty(Names(typeof(HeadlessRun)).Intersect(Names(typeof(Kit))));

    private static IEnumerable<string> Names(Type one) =>
        from type in one.Assembly.GetTypes()
        where type.Namespace?.StartsWith("LmNotebooks.") == true && !type.IsNested
            && !type.IsDefined(typeof(CompilerGeneratedAttribute), false)
        select type.Name.Split('`')[0];
}
