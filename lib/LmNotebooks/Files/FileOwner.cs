using System.Runtime.InteropServices;

namespace LmNotebooks.Files;

/// <summary>Who a file belongs to, on Linux: .NET neither says it nor sets it.</summary>
internal static partial class FileOwner
{
    private const int CurrentFolder = -100, OwnerAndGroup = 0x18, Size = 256, Owner = 20, Group = 24;   // of statx(2)
    private const uint Unchanged = uint.MaxValue;

    /// <summary>Gives a file to the owner and the group of another, each where the system allows it.</summary>
    public static void Copy(string from, string to)
    {
        if (!OperatingSystem.IsLinux()) return;
        var found = new byte[Size];
        if (statx(CurrentFolder, from, 0, OwnerAndGroup, found) != 0) return;
        _ = chown(to, Unchanged, BitConverter.ToUInt32(found, Group));
        _ = chown(to, BitConverter.ToUInt32(found, Owner), Unchanged);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, byte[] found);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int chown(string path, uint owner, uint group);
}
