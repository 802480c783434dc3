using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;
using Microsoft.Extensions.Time.Testing;
using static Dicom.Net.Tests.Support.WireBytes;

namespace Dicom.Net.Tests.Associations;

/// <summary>
/// Whatever a peer says to hosted code: that never sees a fault, the peer gets whole PDUs, and there is one end. The hosted code is the
/// built-in layer, which knows a fault when it sees one.
/// </summary>
public sealed class GuardFuzzTests
{
    private const int PeerFault = 2001;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Conversation_Damaged_NeverReachesTheHostedCode(int seed)
    {
        const int Conversations = 150;
        var random = new Random(seed);
        var hosted = 0;
        for (var i = 0; i < Conversations; i++)
        {
            var bytes = Damage(Conversation(random), random);
            hosted += await PlayAsync(bytes, random, $"Seed {seed}, conversation {i}: {Convert.ToHexString(bytes)}") ? 1 : 0;
        }

        // Some damage has to be done before the hosted code, and some behind it.
        Assert.InRange(hosted, Conversations / 5, Conversations * 4 / 5);
    }

    [Fact]
    public async Task Conversation_CutAtEveryByte_EndsOnce()
    {
        var random = new Random(0);
        byte[] whole = [.. Of(Request()), .. EchoRq(1), .. StoreRq(2), .. StoreData(true, 1, 2), .. WireBytes.ReleaseRq];
        for (var length = 0; length < whole.Length; length++)
        {
            await PlayAsync(whole[..length], random, $"{length} bytes");
        }
    }

    /// <summary>A request, some messages, and an end: each in its place, mostly.</summary>
    private static byte[] Conversation(Random random)
    {
        List<byte> bytes = [.. random.Next(20) > 0 ? Of(Request()) : []];
        for (ushort message = 1; message < random.Next(1, 6); message++)
        {
            bytes.AddRange(random.Next(8) switch
            {
                0 => Of(Request()),
                1 => StoreData(true, 1, 2, 3),
                2 => PData(Pdv(5, LastCommand, 1, 2)),
                3 => [.. StoreRq(message), .. EchoRq(message)],
                4 or 5 => [.. StoreRq(message), .. StoreData(false, 1, 2), .. StoreData(true, [])],
                _ => EchoRq(message),
            });
        }

        bytes.AddRange(random.Next(4) switch { 0 => [], 1 => WireBytes.Abort(), _ => WireBytes.ReleaseRq });
        return [.. bytes];
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        for (var faults = bytes.Length > 0 ? random.Next(4) : 0; faults > 0; faults--)
        {
            var at = random.Next(bytes.Length);
            bytes[at] = random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)random.Next(256) };
        }

        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    /// <returns>Whether the hosted code had a part in it.</returns>
    private static async Task<bool> PlayAsync(byte[] bytes, Random random, string story)
    {
        var (peer, own) = InMemoryConnection.CreatePair();
        var layer = new BuiltIn();
        var handler = new RecordingHandler();
        var options = new AssociationOptions { Log = new RecordingLogger(), Time = new FakeTimeProvider() };
        own.ByteByByte = random.Next(4) == 0;
        var running = layer.RunAsync(new(own, AssociationRole.Acceptor, handler, options));

        await peer.SendAsync(bytes, CancellationToken.None).WithTimeout();
        peer.ShutdownSend();
        var said = RawPdu.Parse(await ReadToEndAsync(peer));
        peer.Close();
        await running.WithTimeout();

        Assert.True(layer.Log.Count(PeerFault) == 0, story);
        Assert.True(said.Count(pdu => pdu.Type is PduType.AAbort or PduType.AAssociateRj or PduType.AReleaseRp) <= 1, story);
        Assert.True(own.HasEndedSending, story);
        Assert.Single(handler.Names, "Closed");
        return layer.HasServed;
    }

    private static async Task<byte[]> ReadToEndAsync(InMemoryConnection peer)
    {
        using var said = new MemoryStream();
        await peer.AsStream().CopyToAsync(said).WithTimeout();
        return said.ToArray();
    }

    private sealed class BuiltIn : GuardedPduLayer
    {
        public RecordingLogger Log { get; } = new();

        public bool HasServed { get; private set; }

        protected internal override Task ServeAsync(PduConnection connection, AAssociateRq request)
        {
            HasServed = true;
            return DicomPduLayer.Instance.RunAsync(
                new(connection, AssociationRole.Acceptor, new RecordingHandler(), new() { Log = Log, Time = new FakeTimeProvider() }));
        }
    }
}
