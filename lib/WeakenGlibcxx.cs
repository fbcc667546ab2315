using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Sets the weak flag on every GLIBCXX_3.4.32 version requirement of an ELF64 library, so that a C++ runtime
/// without that version can load it. Doing it twice changes nothing. Source: Linux Standard Base, symbol versioning
/// (.gnu.version_r).</summary>
public class WeakenGlibcxx : Task
{
    private const ushort Weak = 0x2;                       // VER_FLG_WEAK
    private const uint VersionNeeds = 0x6ffffffe;          // SHT_GNU_verneed

    public string File { get; set; } = "";

    public override bool Execute()
    {
        var bytes = System.IO.File.ReadAllBytes(File);
        if (bytes.Length < 64 || bytes[0] != 0x7f || bytes[1] != 'E' || bytes[2] != 'L' || bytes[3] != 'F'
            || bytes[4] != 2)
        {
            Log.LogError(File + " is not a 64-bit ELF library: delete it and build again.");
            return false;
        }
        if (Patch(bytes))
        {
            var written = System.IO.File.GetLastWriteTimeUtc(File);
            System.IO.File.Delete(File); // it may be a hard link into the package cache: never write through it
            System.IO.File.WriteAllBytes(File, bytes);
            // same size and time as the original: the next build need not copy it again
            System.IO.File.SetLastWriteTimeUtc(File, written);
        }
        return true;
    }

    private static bool Patch(byte[] b)
    {
        var changed = false;
        var sections = (int)BitConverter.ToInt64(b, 40);
        int size = BitConverter.ToUInt16(b, 58), count = BitConverter.ToUInt16(b, 60);
        for (var i = 0; i < count; i++)
        {
            var section = sections + i * size;
            if (BitConverter.ToUInt32(b, section + 4) != VersionNeeds) continue;
            var strings = (int)BitConverter.ToInt64(b,
                sections + (int)BitConverter.ToUInt32(b, section + 40) * size + 24);
            var need = (int)BitConverter.ToInt64(b, section + 24);
            while (true)
            {
                var entry = need + (int)BitConverter.ToUInt32(b, need + 8);
                while (true)
                {
                    if (Name(b, strings + (int)BitConverter.ToUInt32(b, entry + 8)) == "GLIBCXX_3.4.32"
                        && (b[entry + 4] & Weak) == 0)
                    {
                        b[entry + 4] |= (byte)Weak;
                        changed = true;
                    }
                    var next = (int)BitConverter.ToUInt32(b, entry + 12);
                    if (next == 0) break;
                    entry += next;
                }
                var following = (int)BitConverter.ToUInt32(b, need + 12);
                if (following == 0) break;
                need += following;
            }
        }
        return changed;
    }

    private static string Name(byte[] b, int at)
    {
        var end = Array.IndexOf(b, (byte)0, at);
        return Encoding.ASCII.GetString(b, at, end - at);
    }
}
