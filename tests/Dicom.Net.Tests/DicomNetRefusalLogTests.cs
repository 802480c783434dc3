using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests;

/// <summary>Who is turned away again and again is told of once a minute: a peer must not fill the disk.</summary>
public sealed class DicomNetRefusalLogTests
{
    private const int Times = 20;

    private readonly RecordingLogger _log = new();
    private readonly FakeTimeProvider _time = new();

    private DicomNetOptions Options => new() { LoggerFactory = new SingleLoggerFactory(_log), TimeProvider = _time };

    [Fact]
    public async Task TlsListener_JunkAgainAndAgain_IsLoggedOnceAMinuteForAHost()
    {
        var told = 0;
        using var meeting = new TlsMeeting(options: Options);
        meeting.Listener.SecureLinkReady += (_, _) => Interlocked.Increment(ref told);
        for (var i = 0; i < Times; i++)
        {
            await SendJunkAsync("127.0.0.2");
        }

        await Eventually.True(() => Volatile.Read(ref told) == Times);
        Assert.Equal(1, _log.Count(1051));
        await SendJunkAsync("127.0.0.3");
        await Eventually.True(() => _log.Count(1051) == 2);
        _time.Advance(TimeSpan.FromMinutes(1));
        await SendJunkAsync("127.0.0.2");

        await Eventually.True(() => _log.Entries.Any(entry => entry.Message.Contains($"{Times} of this host", StringComparison.Ordinal)));

        async Task SendJunkAsync(string from)
        {
            await using var junk = await RawScu.ConnectedAsync(meeting.Listener.HostPort, from);
            await junk.Peer.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
            await junk.Peer.ExpectEndAsync();
        }
    }

    [Fact]
    public async Task AssociateRequest_NotAdmittedAgainAndAgain_IsLoggedOnceAMinuteForAHost()
    {
        using var listener = TestScp.AcceptingAll(Options with { Admission = new() { CalledTitles = ["ARCHIVE"] } });
        for (var i = 0; i < Times; i++)
        {
            await RejectedAsync(listener.HostPort);
        }

        Assert.Equal(1, _log.Count(3103));
        _time.Advance(TimeSpan.FromMinutes(1));
        await RejectedAsync(listener.HostPort);

        Assert.Equal(2, _log.Count(3103));
        Assert.Contains(_log.Entries, entry => entry.Message.Contains($"{Times} of this host", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AssociateRequest_TooLateAgainAndAgain_IsLoggedOnceAMinuteForAHost()
    {
        using var listener = TestScp.AcceptingAll(Options);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var port = listener.HostPort;
        _ = listener.CloseAsync(TimeSpan.FromMinutes(5), rejectNewcomers: true);
        for (var i = 0; i < Times; i++)
        {
            await RejectedAsync(port);
        }

        Assert.Equal(1, _log.Count(3015));
        _time.Advance(TimeSpan.FromMinutes(1));
        await RejectedAsync(port);

        Assert.Equal(2, _log.Count(3015));
        Assert.Contains(_log.Entries, entry => entry.Message.Contains($"{Times} of this host", StringComparison.Ordinal));
    }

    private static async Task RejectedAsync(int port)
    {
        using var scu = new TestScu();
        await scu.AssociateInVainAsync(port, TestScu.Request(DicomUids.Verification));
    }
}
