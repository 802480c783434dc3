namespace Dicom.Net;

/// <summary>The answer to a <see cref="DicomUserQuestion"/>.</summary>
public sealed class DicomUserVerdict
{
    private DicomUserVerdict(bool isAdmitted, byte[]? response)
    {
        IsAdmitted = isAdmitted;
        Response = response;
    }

    /// <summary>The user does not come in: rejected, permanent, service-provider (ACSE), no reason given (1/2/1, PS3.7 §D.3.3.7.3).</summary>
    public static DicomUserVerdict Refused { get; } = new(false, null);

    /// <summary>
    /// The user comes in, and is who the identity says: whoever wants a positive response gets it (PS3.7 §D.3.3.7.2). Of Kerberos that holds a
    /// ticket: see <see cref="VerifiedWith"/>.
    /// </summary>
    public static DicomUserVerdict Verified { get; } = new(true, []);

    /// <summary>The user comes in, but nobody has found out whether the identity holds: no positive response is given.</summary>
    public static DicomUserVerdict Unverified { get; } = new(true, null);

    /// <summary>Whether the user comes in.</summary>
    public bool IsAdmitted { get; }

    internal byte[]? Response { get; }

    /// <summary>As <see cref="Verified"/>, with something to respond.</summary>
    /// <param name="response">The server ticket for Kerberos, the response for SAML; copied. At most 65,533 bytes, which is what fits.</param>
    /// <exception cref="ArgumentException">It is longer.</exception>
    public static DicomUserVerdict VerifiedWith(ReadOnlyMemory<byte> response)
    {
        if (response.Length > ushort.MaxValue - sizeof(ushort))
        {
            throw new ArgumentException($"The response is {response.Length} bytes long; at most 65,533 fit.", nameof(response));
        }

        return new(true, response.ToArray());
    }
}
