using System.Net;

namespace Dicom.Net.Samples;

/// <summary>Codes and UIDs as a person wants to read them. What a peer sent is escaped: it may hold line ends and worse.</summary>
internal static class Words
{
    public static string Peer(DicomNet net) =>
        IPAddress.TryParse(net.PeerAddress, out var address) ? new IPEndPoint(address, net.PeerPort).ToString() : "?";

    /// <summary>The name of a SOP class or transfer syntax, or its UID.</summary>
    public static string Name(string uid) => DicomUids.GetName(uid) ?? Uri.EscapeDataString(uid);

    /// <summary>A peer's text for a line of output: control characters, which may move the cursor, become their numbers.</summary>
    public static string Escape(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? $"\\u{(int)letter:X4}" : letter.ToString()));

    /// <summary>A status in hexadecimal, and in words (PS3.7 Annex C; PS3.4 Tables B.2-1, C.4-1 to C.4-3).</summary>
    public static string Status(DicomCommandStatusType status) => $"{(int)status:X4}H, " + (int)status switch
    {
        0x0000 => "success",
        0x0106 => "invalid attribute value",
        0x0110 => "processing failure",
        0x0111 => "duplicate SOP instance",
        0x0112 => "no such SOP instance",
        0x0117 => "invalid SOP instance",
        0x0122 => "SOP class not supported",
        0x0124 => "not authorized",
        0x0210 => "duplicate invocation",
        0x0211 => "unrecognized operation",
        0x0212 => "mistyped argument",
        0x0213 => "resource limitation",
        0xA701 => "refused: unable to calculate the number of matches",
        0xA702 => "refused: unable to perform sub-operations",
        0xA801 => "refused: move destination unknown",
        0xB000 => "warning: coercion of data elements, or failed sub-operations",
        0xB006 => "warning: elements discarded",
        0xB007 => "warning: data set does not match SOP class",
        0xFE00 => "cancelled",
        0xFF00 or 0xFF01 => "pending",
        >= 0xA700 and <= 0xA7FF => "refused: out of resources",
        >= 0xA900 and <= 0xA9FF => "error: data set or identifier does not match SOP class",
        >= 0xC000 and <= 0xCFFF => "error: cannot understand or process",
        _ => status.IsWarning() ? "warning" : "failure",
    };
}
