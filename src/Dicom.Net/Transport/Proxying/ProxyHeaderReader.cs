namespace Dicom.Net.Transport;

/// <summary>
/// Reads a header of the PROXY protocol: bytes in, a value out. The sections named here and in what it calls are those of "The PROXY protocol,
/// Versions 1 &amp; 2", HAProxy Technologies, 2020/03/05.
/// </summary>
internal static class ProxyHeaderReader
{
    /// <summary>
    /// How long the header is whose beginning has come: told as soon as it can be, so that not a byte behind it is taken for a part of it.
    /// </summary>
    /// <param name="begun">What has come: perhaps more than the header, perhaps less.</param>
    /// <returns>Null: that cannot be told yet, and all that has come is a part of it.</returns>
    /// <exception cref="ProxyHeaderException">It is none, or too long.</exception>
    public static int? LengthOf(ReadOnlySpan<byte> begun) => begun switch
    {
        [] => null,
        [ProxyBlockReader.FirstByte, ..] => ProxyBlockReader.LengthOf(begun),
        _ => ProxyLineReader.LengthOf(begun),
    };

    /// <summary>Reads a header that is all there.</summary>
    /// <param name="header">As many bytes as <see cref="LengthOf"/> has told.</param>
    /// <exception cref="ProxyHeaderException">Something in it is not as it must be.</exception>
    public static DicomProxyHeader Read(ReadOnlySpan<byte> header) =>
        header[0] == ProxyBlockReader.FirstByte ? ProxyBlockReader.Read(header) : ProxyLineReader.Read(header);
}
