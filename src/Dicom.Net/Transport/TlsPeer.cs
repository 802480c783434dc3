namespace Dicom.Net.Transport;

/// <summary>The other side of a handshake.</summary>
/// <param name="IsServer">Whether it is the one that was connected to.</param>
/// <param name="Host">What it was called when it was connected to; null of a client.</param>
/// <param name="Verify">Asked for each certificate of its chain, the root first: whether to go on.</param>
internal sealed record TlsPeer(bool IsServer, string? Host, Func<TlsVerification, bool> Verify);
