using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net.Samples;

/// <summary>The part of the command line that is about TLS (PS3.15 Annex B): who we are, and whom we believe.</summary>
internal sealed class TlsArguments
{
    private static readonly Dictionary<string, DicomTlsProfile> Profiles = new()
    {
        ["bcp195"] = DicomTlsProfile.Bcp195Rfc8996,
        ["modified-bcp195"] = DicomTlsProfile.ModifiedBcp195Rfc8996,
        ["retired-non-downgrading"] = DicomTlsProfile.NonDowngradingBcp195,
        ["retired-extended"] = DicomTlsProfile.ExtendedBcp195,
    };

    private readonly Option<bool> _tls = new("--tls") { Description = "Secure the connections by TLS." };
    private readonly Option<string?> _certificate = new("--cert")
    {
        Description = "This side's certificate, with what is between it and its root: PEM, or PKCS #12 (.pfx, .p12).",
        HelpName = "file",
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "The certificate's private key, PEM; default: in the same file.",
        HelpName = "file",
    };

    private readonly Option<string?> _passwordFile = new("--password-file")
    {
        Description = "File with the password of the key. Not an argument: those can be seen by everybody on this machine.",
        HelpName = "file",
    };

    private readonly Option<string?> _authorities = new("--ca")
    {
        Description = "Certificates of the authorities to believe, PEM; default: those that the system believes.",
        HelpName = "file",
    };

    private readonly Option<string> _profile = new("--tls-profile")
    {
        Description = "Secure transport connection profile: bcp195 (PS3.15 B.12) or modified-bcp195 (B.13); for old peers "
            + "retired-non-downgrading (B.10) or retired-extended (B.11).",
        HelpName = "profile",
        DefaultValueFactory = _ => "bcp195",
    };

    // Of the two, a program has the one of its role.
    private readonly Option<bool> _requireClient = new("--require-client-cert") { Description = "Turn away who shows no certificate." };
    private readonly Option<string?> _host = new("--tls-host")
    {
        Description = "The name that the peer's certificate has to be for; default: HOST; *: any.",
        HelpName = "name",
    };

    private readonly Option<string?> _keyLog = new("--tls-keylog")
    {
        Description = "File for the keys of every TLS connection, for Wireshark. Who has it reads everything. Linux alone.",
        HelpName = "file",
    };

    /// <summary>Adds the options to a program's.</summary>
    /// <param name="command">The program.</param>
    /// <param name="isServer">Whether it listens.</param>
    /// <param name="destination">Of a server: the option that names peers that it calls, whose certificates <c>--ca</c> is for as well.</param>
    public void AddTo(Command command, bool isServer, Option? destination = null)
    {
        _profile.AcceptOnlyFromAmong([.. Profiles.Keys]);
        Option[] options = [_tls, _certificate, _key, _passwordFile, _authorities, _profile, _keyLog, isServer ? _requireClient : _host];
        foreach (var option in options)
        {
            command.Add(option);
        }

        command.Validators.Add(result => RequireTls(result, options));
        if (isServer)
        {
            command.Validators.Add(result => RequireUseOfAuthorities(result, destination));
        }
    }

    /// <summary>What is asked for; null for plain connections.</summary>
    /// <exception cref="DicomException">A file cannot be read, or is not what it should be; the message says which.</exception>
    public DicomTlsOptions? Options(ParseResult arguments)
    {
        if (!arguments.GetValue(_tls))
        {
            return null;
        }

        if (arguments.GetValue(_keyLog) is { } keyLog)
        {
            // .NET's own way, for the whole process; it looks once, at the first handshake.
            AppContext.SetSwitch("System.Net.EnableSslKeyLogging", true);
            Environment.SetEnvironmentVariable("SSLKEYLOGFILE", keyLog);
        }

        var host = arguments.GetValue(_host);
        return Own(arguments) with
        {
            Profile = Profiles[arguments.GetRequiredValue(_profile)],
            TrustedAuthorities = Authorities(arguments),
            ClientCertificateMode = arguments.GetValue(_requireClient)
                ? DicomTlsClientCertificateMode.Required
                : DicomTlsClientCertificateMode.None,
            CheckHostName = host != "*",
            TargetHost = host == "*" ? null : host,
        };
    }

    // Who says how connections are to be secured, and forgets to say that they are, would send patients' data in clear.
    private void RequireTls(CommandResult command, IEnumerable<Option> options)
    {
        if (!command.GetValue(_tls) && options.Where(option => IsSaid(option, command)).ToList() is { Count: > 0 } said)
        {
            command.AddError($"{string.Join(", ", said.Select(option => option.Name))}: of no use without --tls.");
        }
    }

    // Who names the authority of those who may call would think that nobody else can.
    private void RequireUseOfAuthorities(CommandResult command, Option? destination)
    {
        if (IsSaid(_authorities, command) && !command.GetValue(_requireClient) && (destination is null || !IsSaid(destination, command)))
        {
            command.AddError("--ca: nobody is asked for a certificate without --require-client-cert.");
        }
    }

    private static bool IsSaid(Option option, CommandResult command) => command.GetResult(option) is { Implicit: false };

    private DicomTlsOptions Own(ParseResult arguments)
    {
        var password = arguments.GetValue(_passwordFile) is { } passwordFile ? ReadPassword(passwordFile) : null;
        return arguments.GetValue(_certificate) switch
        {
            null => new(),
            var file when Path.GetExtension(file).ToUpperInvariant() is ".PFX" or ".P12" => DicomTlsOptions.FromPfx(file, password),
            var file => DicomTlsOptions.FromPem(file, arguments.GetValue(_key), password),
        };
    }

    private X509Certificate2Collection? Authorities(ParseResult arguments) =>
        arguments.GetValue(_authorities) is { } file ? DicomTlsOptions.AuthoritiesFromPem(file) : null;

    private static string ReadPassword(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DicomException(new DicomNetResult(DicomExceptionCode.TlsSetup, $"The password cannot be read: {error.Message}"));
        }
    }
}
