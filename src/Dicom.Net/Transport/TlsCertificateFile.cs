using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net.Transport;

/// <summary>What a file with a certificate holds.</summary>
internal enum TlsFileFormat
{
    Pem,
    Der,
    Pfx,
}

/// <summary>This side's certificate with its key, and those between it and its root.</summary>
internal sealed record TlsOwnCertificate(X509Certificate2 Certificate, X509Certificate2Collection Intermediates);

/// <summary>Where this side's certificate is to be found.</summary>
/// <param name="File">The file with the certificate.</param>
/// <param name="KeyFile">The file with its private key; null: the same.</param>
/// <param name="Format">What is in them.</param>
internal sealed record TlsCertificateFile(string File, string? KeyFile, TlsFileFormat Format)
{
    /// <summary>Reads the files.</summary>
    /// <param name="askPassword">Asked only where the key is encrypted; null: there is none.</param>
    /// <exception cref="TransportException">They cannot be read or do not belong together; the message says what to do.</exception>
    public TlsOwnCertificate Load(Func<string?> askPassword)
    {
        try
        {
            var own = Format switch
            {
                TlsFileFormat.Pem => LoadPem(askPassword),
                TlsFileFormat.Der => new(LoadDer(askPassword), []),
                _ => LoadPfx(askPassword),
            };
            return own.Certificate.HasPrivateKey
                ? own
                : throw Error("holds no private key: a certificate is of use only together with its key");
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw Error($"cannot be used: {error.Message.TrimEnd('.')}", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not TransportException))
        {
            throw Error($"cannot be read: {error.Message.TrimEnd('.')}", error);
        }
    }

    private TlsOwnCertificate LoadPem(Func<string?> askPassword)
    {
        var key = System.IO.File.ReadAllText(KeyFile ?? File);
        if (key.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            throw Error("has a key in the old encrypted form, which is not read: convert it with 'openssl pkcs8 -topk8 -in old.pem -out new.pem'");
        }

        var isEncrypted = key.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        var text = System.IO.File.ReadAllText(File);
        using var certificate = isEncrypted
            ? X509Certificate2.CreateFromEncryptedPem(text, key, RequirePassword(askPassword))
            : X509Certificate2.CreateFromPem(text, key);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(text);
        return new(Usable(certificate), Others(all, certificate));
    }

    private TlsOwnCertificate LoadPfx(Func<string?> askPassword)
    {
        // A file without a password is told from one with by trying.
        var bytes = System.IO.File.ReadAllBytes(File);
        X509Certificate2Collection all;
        try
        {
            all = X509CertificateLoader.LoadPkcs12Collection(bytes, null);
        }
        catch (CryptographicException)
        {
            all = X509CertificateLoader.LoadPkcs12Collection(bytes, RequirePassword(askPassword));
        }

        var own = all.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw Error("holds no certificate with a private key");
        return new(own, Others(all, own));
    }

    private X509Certificate2 LoadDer(Func<string?> askPassword)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(File);
        if (KeyFile is null)
        {
            throw Error("is DER, which holds no private key: pass the file of the key as well");
        }

        var key = System.IO.File.ReadAllBytes(KeyFile);
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
        {
            using var own = RSA.Create();
            ImportKey(own, key, askPassword);
            using var paired = certificate.CopyWithPrivateKey(own);
            return Usable(paired);
        }

        using var ecdsa = ECDsa.Create();
        ImportKey(ecdsa, key, askPassword);
        using var pair = certificate.CopyWithPrivateKey(ecdsa);
        return Usable(pair);
    }

    private void ImportKey(AsymmetricAlgorithm algorithm, byte[] key, Func<string?> askPassword)
    {
        if (!TryImport(() => algorithm.ImportPkcs8PrivateKey(key, out _)) && !TryImport(() => ImportOfItsKind(algorithm, key)))
        {
            algorithm.ImportEncryptedPkcs8PrivateKey(RequirePassword(askPassword), key, out _);
        }
    }

    // The forms that each kind of key had before PKCS #8: PKCS #1 (RFC 8017 §A.1.2), SEC 1 (RFC 5915).
    private static void ImportOfItsKind(AsymmetricAlgorithm algorithm, byte[] key)
    {
        if (algorithm is RSA rsa)
        {
            rsa.ImportRSAPrivateKey(key, out _);
        }
        else
        {
            ((ECDsa)algorithm).ImportECPrivateKey(key, out _);
        }
    }

    private static bool TryImport(Action import)
    {
        try
        {
            import();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private string RequirePassword(Func<string?> askPassword) => askPassword() ?? throw Error("has an encrypted key, and no password was given");

    /// <summary>Windows does TLS only with keys that its key store has seen, which one read from text has not.</summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);

    private static X509Certificate2Collection Others(X509Certificate2Collection all, X509Certificate2 own) =>
        [.. all.Where(certificate => !certificate.RawDataMemory.Span.SequenceEqual(own.RawDataMemory.Span))];

    private TransportException Error(string what, Exception? inner = null) => new(
        TransportErrorKind.TlsSetup, $"{(KeyFile is null || KeyFile == File ? File : $"{File} with the key {KeyFile}")} {what}.", inner);
}
