using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

public class HostLiteralTests
{
    [Theory]
    [InlineData("pacs")]
    [InlineData("pacs.example.org")]
    [InlineData("192.168.0.300")]
    public void Parse_Name_IsNoLiteral(string host) => Assert.Null(HostLiteral.Parse(host));

    [Theory]
    [InlineData("192.168.1", "all four decimal numbers")] // the platform's parser: 192.168.0.1
    [InlineData("010.0.0.1", "without leading zeros")] // octal there: 8.0.0.1
    [InlineData("0x7f000001", "all four decimal numbers")]
    [InlineData("1", "all four decimal numbers")]
    [InlineData("[::1]:104", "The port is an argument of its own")]
    [InlineData("127.0.0.1:104", "The port is an argument of its own")]
    [InlineData("fe80::1%nosuchinterface", "a scope is written")]
    [InlineData("2001:db8:::1", "is no IPv6 address")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("255.255.255.255", "broadcast")]
    [InlineData(" ", "white space")]
    [InlineData(" 127.0.0.1", "white space")]
    [InlineData("pacs\0", "white space")]
    public void Parse_WhatNobodyCanMean_IsBadParameterThatSaysWhy(string host, string part)
    {
        var error = Assert.Throws<TransportException>(() => HostLiteral.Parse(host));
        Assert.Equal(TransportErrorKind.BadParameter, error.Kind);
        Assert.Contains(part, error.Message);
    }

    [Fact]
    public void Parse_LongerThanAnyName_IsBadParameterWithShortMessage()
    {
        var error = Assert.Throws<TransportException>(() => HostLiteral.Parse(new string('a', 100_000)));
        Assert.Equal(TransportErrorKind.BadParameter, error.Kind);
        Assert.InRange(error.Message.Length, 1, 300);
    }

    [Fact]
    public void Quote_ControlCharacters_CannotForgeALineOfALog() => Assert.Equal("'a??b'", HostLiteral.Quote("a\r\nb"));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("[2001:DB8::1]", "2001:db8::1")]
    [InlineData("fe80::1%1", "fe80::1")]
    [InlineData("pacs.example", "pacs.example")]
    public void Bare_AHost_IsAsACertificateNamesIt(string host, string expected) => Assert.Equal(expected, HostLiteral.Bare(host));
}
