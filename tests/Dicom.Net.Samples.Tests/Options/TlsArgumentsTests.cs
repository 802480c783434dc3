using System.CommandLine;

namespace Dicom.Net.Samples.Tests.Options;

/// <summary>What is said about TLS is what happens, or an error: never a plain connection, nor a server that asks nobody who he is.</summary>
public sealed class TlsArgumentsTests
{
    private readonly Option<string[]> _destination = new("--destination");

    [Theory]
    [InlineData(false, "--cert", "own.pem")]
    [InlineData(false, "--key", "own.key")]
    [InlineData(false, "--password-file", "password")]
    [InlineData(false, "--ca", "hospital.pem")]
    [InlineData(false, "--tls-profile", "bcp195")]
    [InlineData(false, "--tls-host", "pacs")]
    [InlineData(false, "--tls-keylog", "keys")]
    [InlineData(true, "--require-client-cert")]
    [InlineData(true, "--cert", "own.pem")]
    [InlineData(true, "--ca", "hospital.pem", "--require-client-cert")]
    public void Parse_WithoutTls_IsAnErrorThatNamesTheOption(bool isServer, params string[] line)
    {
        var error = Assert.Single(Parse(isServer, line).Errors);

        Assert.StartsWith(line[0], error.Message, StringComparison.Ordinal);
        Assert.Contains("without --tls", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "--tls", "--ca", "hospital.pem")]
    [InlineData(true, "--tls", "--cert", "own.pem", "--ca", "hospital.pem")]
    public void Parse_AuthoritiesOfAServerThatAsksNobody_IsAnError(bool isServer, params string[] line) =>
        Assert.Contains("--require-client-cert", Assert.Single(Parse(isServer, line).Errors).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [InlineData(false, "--tls")]
    [InlineData(false, "--tls", "--ca", "hospital.pem", "--tls-host", "pacs", "--tls-profile", "bcp195")]
    [InlineData(true, "--tls", "--cert", "own.pem")]
    [InlineData(true, "--tls", "--cert", "own.pem", "--ca", "hospital.pem", "--require-client-cert")]
    [InlineData(true, "--tls", "--cert", "own.pem", "--ca", "hospital.pem", "--destination", "PACS=pacs:104")]
    public void Parse_WhatIsOfUse_IsNone(bool isServer, params string[] line) => Assert.Empty(Parse(isServer, line).Errors);

    [Fact]
    public void Options_NothingSaid_IsPlain()
    {
        var tls = new TlsArguments();
        var command = new RootCommand();
        tls.AddTo(command, isServer: true);

        Assert.Null(tls.Options(command.Parse([])));
    }

    private ParseResult Parse(bool isServer, params string[] line)
    {
        var command = new RootCommand { _destination };
        new TlsArguments().AddTo(command, isServer, _destination);
        return command.Parse(line);
    }
}
