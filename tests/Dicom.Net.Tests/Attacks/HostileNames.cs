namespace Dicom.Net.Tests.Attacks;

/// <summary>What a peer writes where a UID or an AE title should be, in the hope that a file will get that name.</summary>
internal static class HostileNames
{
    public static IReadOnlyList<string> All { get; } =
    [
        "", " ", ".", "..", "...", "../x", "../../x", @"..\x", @"..\..\x", "/", "/tmp/dicomnet-x", "a/b", @"a\b", "/..", "1.2/3", "1.2.3/../../x",
        "C:x", @"C:\x", @"\\host\share", "//host/share", "~", "~root/x", "\0", "1.2\03", "1.2.3\0/../x", "1.2.3\n", "\r\n", "1.2.3\u001B[2J",
        "CON", "NUL", "LPT1", "COM1.dcm", "aux", "1.2.3.", "1.2.3. ", " 1.2.3", ".1.2.3", "1..2", "1.2.3:stream", "-rf", "*", "?", "|x", "$(id)",
        "%2e%2e%2fx", "..%2fx", "\u00B2.\u00B3", "1.2.3.dcm", "index.db", ".dcm", new('1', 65), new('1', 300), string.Concat(Enumerable.Repeat("../", 80)),
    ];
}
