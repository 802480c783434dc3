using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dicom.Net.Transport;

namespace Dicom.Net;

/// <summary>Options from the files that certificates come in.</summary>
public sealed partial record DicomTlsOptions
{
    /// <summary>Options with this side's certificate, its key and its intermediates from a PKCS #12 file.</summary>
    /// <param name="file">The file (.pfx, .p12).</param>
    /// <param name="password">Its password; null where it has none.</param>
    /// <returns>The options, for all else with their defaults: change them by a <c>with</c> expression.</returns>
    /// <exception cref="DicomException">The file cannot be read, the password is wrong, or no private key is in it.</exception>
    public static DicomTlsOptions FromPfx(string file, string? password = null) =>
        FromFiles(new(file, null, TlsFileFormat.Pfx), password);

    /// <summary>Options with this side's certificate, its key and its intermediates from PEM files.</summary>
    /// <param name="certificateFile">The certificate, and behind it those between it and its root.</param>
    /// <param name="keyFile">Its private key; null: it is in the first file.</param>
    /// <param name="password">The password of the key; null where it has none.</param>
    /// <returns>The options, for all else with their defaults: change them by a <c>with</c> expression.</returns>
    /// <exception cref="DicomException">A file cannot be read, the password is wrong, or key and certificate do not belong together.</exception>
    public static DicomTlsOptions FromPem(string certificateFile, string? keyFile = null, string? password = null) =>
        FromFiles(new(certificateFile, keyFile, TlsFileFormat.Pem), password);

    /// <summary>Certificates of authorities, for <see cref="TrustedAuthorities"/>.</summary>
    /// <param name="file">A PEM file with one or several certificates.</param>
    /// <returns>All of them.</returns>
    /// <exception cref="DicomException">The file cannot be read, or no certificate is in it.</exception>
    public static X509Certificate2Collection AuthoritiesFromPem(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Unreadable($"The certificates of {file} cannot be read: {error.Message}");
        }

        return authorities.Count > 0 ? authorities : throw Unreadable($"There is no certificate in {file}.");
    }

    internal DicomTlsOptions With(TlsOwnCertificate own) => this with { Certificate = own.Certificate, Intermediates = own.Intermediates };

    private static DicomTlsOptions FromFiles(TlsCertificateFile files, string? password)
    {
        try
        {
            return new DicomTlsOptions().With(files.Load(() => password));
        }
        catch (TransportException error)
        {
            throw Unreadable(error.Message);
        }
    }

    private static DicomException Unreadable(string message) => new(new DicomNetResult(DicomExceptionCode.TlsSetup, message));
}
