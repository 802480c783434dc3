using System.Net;
using System.Text;
using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Diagnostics;

/// <summary>Associations as packets in a file.</summary>
public sealed class PcapngTraceTests : IDisposable
{
    private static readonly IPEndPoint Here = new(IPAddress.Loopback, 104), There = new(IPAddress.Parse("192.0.2.7"), 50000);
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TestFolder _folder = new();

    private string Path => System.IO.Path.Combine(_folder.Path, "trace.pcapng");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Layer_WholeAssociation_IsAConversationWithEveryByteInOrder()
    {
        var (requestor, acceptor) = InMemoryConnection.CreatePair();
        acceptor.ByteByByte = true;
        await using (var trace = new PcapngTrace(Path))
        {
            var options = new AssociationOptions { Log = new RecordingLogger(), Time = new FakeTimeProvider(Now) };
            var running = new PcapngPduLayer(DicomPduLayer.Instance, trace)
                .RunAsync(new(acceptor, AssociationRole.Acceptor, new RecordingHandler(), options));
            var peer = new ScriptedPeer(requestor);
            await peer.AssociateAsync();
            await peer.EchoAsync(1);
            await peer.ReleaseAsync();
            await running.WithTimeout();
        }

        var file = RecordedPackets.Read(Path);
        Assert.Equal([0x0A0D0D0A, 1u, 6u], file.Blocks[..3]);
        Assert.Equal(5u, file.Blocks[^1]);
        Assert.Equal(["S", "S.", "."], file.Packets[..3].Select(packet => packet.Flags));
        Assert.Equal(requestor.LocalEndPoint, file.Packets[0].From);
        Assert.All(file.Packets, packet => Assert.Equal(Now, packet.Time));
        Assert.Equal([1, 4, 5], TypesIn(file.StreamOf(requestor.LocalEndPoint.Port)));
        Assert.Equal([2, 4, 6], TypesIn(file.StreamOf(acceptor.LocalEndPoint.Port)));
        Assert.Equal(2, file.Packets.Count(packet => packet.Flags == "F."));
        Assert.All(file.Packets.Skip(2), packet => Assert.Equal(NextBefore(file, packet), packet.Acknowledgment));
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::2")]
    [InlineData("::ffff:127.0.0.1", "::ffff:192.0.2.7")]
    [InlineData("::1", "127.0.0.1")]
    public async Task Flow_OfAnyFamily_IsWrittenInOneThatBothHave(string local, string remote)
    {
        var (here, there) = (new IPEndPoint(IPAddress.Parse(local), 104), new IPEndPoint(IPAddress.Parse(remote), 50000));
        await using (var trace = new PcapngTrace(Path))
        {
            Record(new(trace, here, there, static _ => { }, static _ => { }), 33);
        }

        var file = RecordedPackets.Read(Path);
        Assert.All(file.Packets, packet => Assert.Equal(packet.From.AddressFamily, packet.To.AddressFamily));
        Assert.Equal(here.Address.MapToIPv6(), file.Packets[0].From.Address.MapToIPv6());
        Assert.Equal(Enumerable.Range(0, 33).Select(i => (byte)i), file.StreamOf(104));
    }

    [Fact]
    public async Task Flow_Reset_EndsWithItAndNothingFollows()
    {
        await using (var trace = new PcapngTrace(Path))
        {
            var flow = new PcapngFlow(trace, Here, There, static _ => { }, static _ => { });
            flow.TellOpened(Now, isOpenedHere: false);
            flow.TellReset(Now, isSent: false);
            flow.TellReset(Now, isSent: true);
            flow.TellEnd(Now, isSent: true);
            flow.TellData(Now, isSent: true, "late"u8);
        }

        Assert.Equal(["S", "S.", ".", "R."], RecordedPackets.Read(Path).Packets.Select(packet => packet.Flags));
    }

    [Fact]
    public async Task Flow_LongData_IsCutIntoSegmentsThatFit()
    {
        await using (var trace = new PcapngTrace(Path))
        {
            Record(new(trace, Here, There, static _ => { }, static _ => { }), 100_001);
        }

        var file = RecordedPackets.Read(Path);
        Assert.Equal(4, file.Packets.Count(packet => packet.Payload.Length > 0));
        Assert.Equal(100_001, file.StreamOf(104).Length);
    }

    [Fact]
    public async Task File_Full_IsFollowedByTheNextAndTheOldestGoes()
    {
        var options = new PcapngTraceOptions { MaximumFileLength = 128 * 1024, MaximumFiles = 3 };
        await using (var trace = new PcapngTrace(Path, options))
        {
            Record(new(trace, Here, There, static _ => { }, static _ => { }), 1024 * 1024);
        }

        Assert.Equal(
            ["trace.1.pcapng", "trace.2.pcapng", "trace.pcapng"],
            _folder.Files.Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.All(_folder.Files, file => Assert.True(new FileInfo(file).Length < 129 * 1024));
        Assert.All(_folder.Files, file => Assert.Equal([0x0A0D0D0A, 1u], RecordedPackets.Read(file).Blocks[..2]));
    }

    [Fact]
    public async Task File_OfAnEarlierRun_IsKeptAsAnOlderOneAndTheNewHasItsOwnRights()
    {
        await using (var trace = new PcapngTrace(Path))
        {
            Record(new(trace, Here, There, static _ => { }, static _ => { }), 33);
        }

        var last = await File.ReadAllBytesAsync(Path, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        await using var anew = new PcapngTrace(Path);

        Assert.Equal(last, await File.ReadAllBytesAsync(System.IO.Path.ChangeExtension(Path, ".1.pcapng"), TestContext.Current.CancellationToken));
        Assert.True(OperatingSystem.IsWindows() || !File.GetUnixFileMode(Path).HasFlag(UnixFileMode.OtherRead));
    }

    [Fact]
    public async Task Connection_WhatHasComeAndWasNotFetched_IsKnownThroughTheTrace()
    {
        await using var trace = new PcapngTrace(Path);
        await using var inner = new InlineConnection();
        await using var recorded = new PcapngConnection(inner, AssociationRole.Acceptor, TimeProvider.System, trace);

        inner.DeliverUnnoticed(new byte[7]);

        Assert.Equal(7, Assert.IsAssignableFrom<IReceiveProgress>(recorded).CountCome());
    }

    [Fact]
    public async Task Queue_Full_LeavesOutAndSaysHowMuch()
    {
        var log = new RecordingLogger();
        var options = new PcapngTraceOptions { MaximumQueuedBytes = 64 * 1024, LoggerFactory = new SingleLoggerFactory(log) };
        long dropped;
        await using (var trace = new PcapngTrace(Path, options))
        {
            var flow = new PcapngFlow(trace, Here, There, static _ => { }, static _ => { });
            flow.TellOpened(Now, isOpenedHere: true);
            await Eventually.True(() =>
            {
                flow.TellData(Now, isSent: true, new byte[1024 * 1024]);
                return trace.Dropped > 0;
            });
            dropped = trace.Dropped;
        }

        Assert.Equal(dropped, RecordedPackets.Read(Path).Dropped);
        Assert.Equal(1, log.Count(3300));
    }

    [Fact]
    public async Task File_OfTheOwner_IsNobodyElses()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes of files.");
            return;
        }

        await using var trace = new PcapngTrace(Path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public async Task Disposed_Twice_AndUsedAfterwards_DoesNothing()
    {
        var trace = new PcapngTrace(Path);
        await trace.DisposeAsync();
        await trace.DisposeAsync();

        Record(new(trace, Here, There, static _ => { }, static _ => { }), 10);

        Assert.Empty(RecordedPackets.Read(Path).Packets);
        Assert.Equal(0, trace.Dropped);
    }

    [Fact]
    public async Task UserIdentity_OfAnAssociation_IsNotInTheFile()
    {
        var request = WireBytes.Request();
        var identity = new UserIdentityRq(UserIdentityType.UsernameAndPasscode, false, "some-body"u8.ToArray(), "s3cret"u8.ToArray());
        var (requestor, acceptor) = InMemoryConnection.CreatePair();
        await using (var trace = new PcapngTrace(Path))
        {
            await using var connection = new PcapngConnection(acceptor, AssociationRole.Acceptor, TimeProvider.System, trace);
            var bytes = WireBytes.Of(request with { UserInformation = request.UserInformation with { UserIdentity = identity } });
            await requestor.SendAsync(bytes, TestContext.Current.CancellationToken);
            await connection.ReceiveAsync(new byte[10_000], TestContext.Current.CancellationToken).WithTimeout();
        }

        var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path, TestContext.Current.CancellationToken));
        Assert.Contains("*********", text, StringComparison.Ordinal);
        Assert.DoesNotContain("some-body", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 1, 100_000)]
    [InlineData(1_000_000, 0, 100_000)]
    [InlineData(1_000_000, 1, 1000)]
    public void Options_OutOfRange_AreRefusedAndNothingIsCreated(long length, int files, int queued)
    {
        var options = new PcapngTraceOptions { MaximumFileLength = length, MaximumFiles = files, MaximumQueuedBytes = queued };

        Assert.Throws<ArgumentOutOfRangeException>(() => new PcapngTrace(Path, options));
        Assert.Empty(_folder.Files);
    }

    private static void Record(PcapngFlow flow, int length)
    {
        flow.TellOpened(Now, isOpenedHere: true);
        flow.TellData(Now, isSent: true, [.. Enumerable.Range(0, length).Select(i => (byte)i)]);
        flow.TellEnd(Now, isSent: true);
        flow.TellEnd(Now, isSent: false);
    }

    private static List<int> TypesIn(ReadOnlySpan<byte> stream)
    {
        List<int> types = [];
        while (PduHeader.TryRead(stream, out var header))
        {
            types.Add(header.Type);
            stream = stream[(PduHeader.Size + (int)header.Length)..];
        }

        return types;
    }

    /// <summary>The sequence number that the other direction had reached before a packet.</summary>
    private static int NextBefore(RecordedPackets file, RecordedPackets.Packet packet)
    {
        var last = file.Packets[..file.Packets.IndexOf(packet)].Last(other => other.From.Port != packet.From.Port);
        return last.Sequence + last.Payload.Length + (last.Flags.Contains('S') || last.Flags.Contains('F') ? 1 : 0);
    }
}
