namespace Dicom.Net;

/// <summary>Where the instances of a C-MOVE go, and how.</summary>
/// <param name="Host">The address or name.</param>
/// <param name="Port">The port, 1 to 65535.</param>
public sealed record DicomMoveDestination(string Host, int Port)
{
    /// <summary>The families of addresses that may be used. Default: both.</summary>
    public IpType IpType { get; init; } = IpType.IPv4OrIPv6;

    /// <summary>The AE title that this side calls itself; null, the default: the one that the peer has called.</summary>
    public string? Calling { get; init; }

    /// <summary>
    /// The options of the connection, which is secured where they have <see cref="DicomNetOptions.Tls"/>. Null, the default: those of the association
    /// that asks; where that is secured, so is this one, with the same certificate, authorities and cipher suites, however they were set. It is not asked
    /// about the destination by <see cref="DicomNet.OnVerify"/>: that is about its own peer.
    /// </summary>
    public DicomNetOptions? Options { get; init; }

    /// <summary>The address and port.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
