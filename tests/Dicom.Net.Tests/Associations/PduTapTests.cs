using System.Text;
using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

public sealed class PduTapTests
{
    private readonly PduTap _tap = new();

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Take_PdusInPieces_AreSummedUpWhenTheyAreWhole(int size)
    {
        byte[] stream = [.. WireBytes.Of(WireBytes.Request()), .. WireBytes.EchoRq(1), .. WireBytes.ReleaseRq, .. WireBytes.Abort(2, 1)];
        var seen = stream.Chunk(size).SelectMany(piece => _tap.Take(piece)).ToList();
        Assert.Equal([1, 4, 5, 7], seen.Select(pdu => pdu.Header.Type));
        Assert.StartsWith("A-ASSOCIATE-RQ SCU -> SCP, 2 contexts", seen[0].Summary, StringComparison.Ordinal);
        Assert.Contains("context 1 command last", seen[1].Summary, StringComparison.Ordinal);
        Assert.EndsWith("(C-ECHO-RQ 1)", seen[1].Summary, StringComparison.Ordinal);
        Assert.Equal("A-RELEASE-RQ", seen[2].Summary);
    }

    [Fact]
    public void Take_HeaderWithoutABody_IsAPdu() =>
        Assert.Equal([(byte)5, (byte)6], _tap.Take([.. WireBytes.Header(5, 0), .. WireBytes.ReleaseRp]).Select(pdu => pdu.Header.Type));

    [Fact]
    public void Take_PdvOf256KiB_IsSummedUpAsOne()
    {
        var pdu = WireBytes.PData(WireBytes.Pdv(3, WireBytes.LastData, new byte[256 * 1024]));
        var seen = Assert.Single(pdu.Chunk(10_000).SelectMany(piece => _tap.Take(piece)));
        Assert.Equal("P-DATA-TF, 262150 bytes; context 3 data last 262144", seen.Summary);
    }

    [Fact]
    public void Take_Garbage_IsToldOnceAndEndsTheWatching()
    {
        var seen = Assert.Single(_tap.Take("GET / HTTP/1.1\r\n\r\n"u8));
        Assert.Equal((byte)'G', seen.Header.Type);
        Assert.Empty(_tap.Take(WireBytes.ReleaseRq));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60_000)]
    public void Take_UserIdentity_IsNeverInTheSummary(int fillingLength)
    {
        var secret = "s3cret-" + new string('x', fillingLength);
        var identity = new UserIdentityRq(
            UserIdentityType.UsernameAndPasscode, false, Encoding.ASCII.GetBytes("some-body"), Encoding.ASCII.GetBytes(secret));
        var request = WireBytes.Request();
        var bytes = WireBytes.Of(request with { UserInformation = request.UserInformation with { UserIdentity = identity } });
        var summary = Assert.Single(_tap.Take(bytes)).Summary;
        Assert.Contains("user identity of type 2", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("some-body", summary, StringComparison.Ordinal);
    }
}
