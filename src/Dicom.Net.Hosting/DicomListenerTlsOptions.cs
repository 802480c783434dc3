namespace Dicom.Net.Hosting;

/// <summary>How the connections of a listener are secured. For more than this use <see cref="DicomListenerBuilder.ConfigureNetwork"/>.</summary>
public sealed class DicomListenerTlsOptions
{
    /// <summary>The file with the server's certificate, and those between it and its root: PEM, or PFX with its key.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The file with its private key, in PEM; null where the certificate's file has it.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The password of the PFX file, or of the key; null for none. Better kept in a store of secrets than in a file.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// The PEM file with the authorities whose certificates clients have to show; null, the default: clients are not asked for any.
    /// </summary>
    public string? ClientAuthoritiesFile { get; set; }
}
