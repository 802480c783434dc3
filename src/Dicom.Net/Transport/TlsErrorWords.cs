namespace Dicom.Net.Transport;

/// <summary>What a TLS library reports, in words that help.</summary>
internal static class TlsErrorWords
{
    /// <summary>What OpenSSL says, and what it means.</summary>
    private static readonly (string Part, string Meaning)[] Meanings =
    [
        ("unsupported protocol", "the two sides have no version of TLS in common"),
        ("alert protocol version", "the peer does not speak the versions of TLS that this side allows"),
        ("no protocols available", "the system allows none of the versions of TLS that were asked for"),
        ("no shared cipher", "the two sides have no cipher suite in common, or none that fits the kind of key of this side's certificate"),
        ("no ciphers available", "the system has none of the cipher suites that were asked for"),
        ("no application protocol", "the peer means to speak something else than DICOM over this connection (ALPN)"),
        ("wrong version number", "the peer does not speak TLS, or not on this port"),
        ("alert unknown ca", "the peer does not trust the authority that has issued this side's certificate"),
        ("alert certificate expired", "to the peer, this side's certificate has expired"),
        ("alert certificate required", "the peer wants to see a certificate, and this side has shown none"),
        ("alert bad certificate", "the peer does not accept this side's certificate"),
        ("alert handshake failure", "the peer accepts none of the cipher suites that this side allows, or misses a certificate"),
    ];

    /// <summary>What is known to lie behind an error; null where nothing is.</summary>
    public static string? MeaningOf(Exception error)
    {
        var words = Innermost(error);
        return Array.Find(Meanings, known => words.Contains(known.Part, StringComparison.OrdinalIgnoreCase)).Meaning is { } meaning
            ? $"{meaning} ({words})"
            : null;
    }

    /// <summary>What lies behind an error, or else what it says itself.</summary>
    public static string Describe(Exception error) => MeaningOf(error) ?? Innermost(error);

    private static string Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error.Message.TrimEnd('.');
    }
}
