using System.Security.Cryptography;

namespace Dicom.Net.DataSets;

/// <summary>Names for temporary files.</summary>
internal static class UniqueName
{
    private static readonly ulong Process = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private static ulong _last;

    /// <summary>
    /// 32 hexadecimal digits that no other call in any process gets. They follow on each other, and so can be guessed by who has seen one:
    /// in a folder where anybody may make files, a GUID is the better choice. That is a system call for the random bytes.
    /// </summary>
    public static string Next() => $"{Process:x16}{Interlocked.Increment(ref _last):x16}";
}
