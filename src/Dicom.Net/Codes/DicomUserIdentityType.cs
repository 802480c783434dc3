namespace Dicom.Net;

/// <summary>The form of a user identity (PS3.7 Table D.3-14). A received value outside this list is kept as it came.</summary>
public enum DicomUserIdentityType
{
    /// <summary>A user name.</summary>
    Username = 1,

    /// <summary>A user name and a passcode.</summary>
    UsernameAndPasscode = 2,

    /// <summary>A Kerberos service ticket.</summary>
    KerberosServiceTicket = 3,

    /// <summary>A SAML assertion.</summary>
    SamlAssertion = 4,

    /// <summary>A JSON Web Token.</summary>
    JsonWebToken = 5,
}
