using System.Text;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Pdus;

/// <summary>No secret is left in a recorded stream, and nothing else is changed.</summary>
public sealed class PduMaskTests
{
    private const string User = "some-body", Passcode = "s3cret";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Apply_UserIdentityOfARequest_IsBlankedAndNothingElse(int size)
    {
        byte[] stream = [.. RequestOf(User, Passcode), .. WireBytes.EchoRq(1), .. RequestOf(User, Passcode), .. WireBytes.ReleaseRq];
        byte[] expected = [.. RequestOf("*********", "******"), .. WireBytes.EchoRq(1), .. RequestOf("*********", "******"), .. WireBytes.ReleaseRq];

        Assert.Equal(expected, Masked(stream, size));
    }

    [Theory]
    [InlineData("", Passcode)]
    [InlineData(User, "")]
    [InlineData("", "")]
    public void Apply_EmptyFieldsOfAnIdentity_KeepTheFraming(string user, string passcode)
    {
        byte[] stream = [.. RequestOf(user, passcode), .. WireBytes.ReleaseRq];

        Assert.Equal([.. RequestOf(new('*', user.Length), new('*', passcode.Length)), .. WireBytes.ReleaseRq], Masked(stream, 1));
    }

    [Fact]
    public void Apply_ServerResponseOfAnAnswer_IsBlanked()
    {
        byte[] identity = [0x59, 0, 0, 8, 0, 6, .. "ticket"u8];
        byte[] pdu = Association(2, [0x50, 0, 0, (byte)identity.Length, .. identity]);

        var masked = Encoding.Latin1.GetString(Masked(pdu, 2));

        Assert.DoesNotContain("ticket", masked, StringComparison.Ordinal);
        Assert.EndsWith("\0\u0006******", masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xFFFF)] // The first field claims more than there is.
    [InlineData(0)]
    [InlineData(3)]
    public void Apply_LengthsThatLie_LeaveNoSecretAndNeverFail(int claimed)
    {
        byte[] identity = [2, 0, (byte)(claimed >> 8), (byte)claimed, .. "s3cret-s3cret-s3cret"u8];
        byte[] stream =
            [.. Association(1, [0x50, 0, 0, (byte)(identity.Length + 4), 0x58, 0, 0, (byte)identity.Length, .. identity]), .. WireBytes.ReleaseRq];

        var masked = Masked(stream, 5);

        Assert.DoesNotContain("s3cret", Encoding.Latin1.GetString(masked), StringComparison.Ordinal);
        Assert.Equal(WireBytes.ReleaseRq, masked[^WireBytes.ReleaseRq.Length..]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void Apply_DataSetsIfWanted_BecomeZerosAndCommandsStay(int size)
    {
        byte[] command = WireBytes.EchoRq(7), end = WireBytes.ReleaseRp;
        var data = WireBytes.PData(WireBytes.Pdv(3, WireBytes.LastData, [.. "PATIENT"u8]));
        var blank = WireBytes.PData(WireBytes.Pdv(3, WireBytes.LastData, new byte[7]));

        Assert.Equal([.. command, .. blank, .. end], Masked([.. command, .. data, .. end], size, masksDataSets: true));
        Assert.Equal([.. command, .. data, .. end], Masked([.. command, .. data, .. end], size));
    }

    [Fact]
    public void Apply_AnyBytes_NeverFails()
    {
        var random = new Random(20261123);
        for (var round = 0; round < 2000; round++)
        {
            var stream = RequestOf(User, Passcode);
            for (var i = random.Next(8); i > 0; i--)
            {
                stream[random.Next(stream.Length)] = (byte)random.Next(256);
            }

            Assert.Equal(stream.Length, Masked([.. stream, .. stream], 1 + random.Next(50), masksDataSets: true).Length / 2);
        }
    }

    [Fact]
    public void Apply_WhatIsNoPdu_IsLeftAsItIs() =>
        Assert.Equal("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Masked([.. "GET / HTTP/1.1\r\n\r\n"u8], 4));

    private static byte[] Masked(byte[] stream, int size, bool masksDataSets = false)
    {
        var mask = new PduMask(masksDataSets);
        var masked = stream.ToArray();
        for (var start = 0; start < masked.Length; start += size)
        {
            mask.Apply(masked.AsSpan(start, Math.Min(size, masked.Length - start)));
        }

        return masked;
    }

    private static byte[] RequestOf(string user, string passcode)
    {
        var request = WireBytes.Request();
        var identity = new UserIdentityRq(
            UserIdentityType.UsernameAndPasscode, false, Encoding.ASCII.GetBytes(user), Encoding.ASCII.GetBytes(passcode));
        return WireBytes.Of(request with { UserInformation = request.UserInformation with { UserIdentity = identity } });
    }

    /// <summary>An A-ASSOCIATE-RQ or -AC of nothing but these items.</summary>
    private static byte[] Association(byte type, byte[] items) => [.. WireBytes.Header(type, (uint)(68 + items.Length)), .. new byte[68], .. items];
}
