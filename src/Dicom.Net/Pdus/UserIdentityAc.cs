namespace Dicom.Net.Pdus;

/// <summary>The positive response to a user identity (PS3.7 §D.3.3.7.2).</summary>
public sealed record UserIdentityAc
{
    private readonly ValueBytes _serverResponse;

    /// <summary>Makes the sub-item; the bytes are copied.</summary>
    /// <param name="serverResponse">The server's Kerberos ticket or SAML response; empty for names and passcodes.</param>
    public UserIdentityAc(ReadOnlyMemory<byte> serverResponse) => _serverResponse = ValueBytes.Of(serverResponse);

    /// <summary>The server's Kerberos ticket or SAML response; empty for names and passcodes.</summary>
    public ReadOnlyMemory<byte> ServerResponse => _serverResponse.Memory;

    /// <summary>What it is, not what it says.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => "user identity response";
}
