namespace Dicom.Net;

/// <summary>
/// The families of Internet addresses that a <c>Listen</c> or <c>Connect</c> may use. The values are those of LDicomNet's
/// <c>DICOM_IPTYPE_…</c> constants, and are bit flags.
/// </summary>
/// <remarks>
/// LDicomNet's page of <c>Listen</c> also says that one passes IPv6 to support both families. Its own table of constants
/// contradicts that; here <see cref="IPv6"/> is IPv6 alone, and <see cref="IPv4OrIPv6"/> is both.
/// </remarks>
[Flags]
public enum IpType
{
    /// <summary>No family: for initialising variables. Passed to <c>Listen</c> or <c>Connect</c> it is an error.</summary>
    None = 0,

    /// <summary>IPv4 addresses only.</summary>
    IPv4 = 1,

    /// <summary>IPv6 addresses only.</summary>
    IPv6 = 2,

    /// <summary>Addresses of both families.</summary>
    IPv4OrIPv6 = IPv4 | IPv6,
}
