using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Support;

/// <summary>One thing that a <see cref="RudePduLayer"/> does to its peer.</summary>
internal sealed class RudeAct(Func<PduConnection, Task> play)
{
    /// <summary>Waits for one whole PDU and ignores it.</summary>
    public static RudeAct AwaitPdu { get; } = new(async connection =>
    {
        var header = await ReadAsync(connection, RawPdu.HeaderSize);
        await ReadAsync(connection, RawPdu.BodyLength(header));
    });

    /// <summary>Reads and ignores whatever comes, until the peer gives up.</summary>
    public static RudeAct Stall { get; } = new(async connection =>
    {
        var buffer = new byte[4096];
        while (await connection.ReceiveAsync(buffer, CancellationToken.None) > 0)
        {
        }
    });

    /// <summary>Resets the connection.</summary>
    public static RudeAct Reset { get; } = new(connection =>
    {
        connection.Abort();
        return Task.CompletedTask;
    });

    /// <summary>Sends bytes, whatever they are: the wrong PDU, half a PDU, an HTTP request.</summary>
    public static RudeAct Send(params byte[] bytes) => new(connection => connection.SendAsync(bytes, CancellationToken.None).AsTask());

    /// <summary>Sends bytes in pieces of a size, each in a write of its own.</summary>
    public static RudeAct Split(int size, params byte[] bytes) => new(async connection =>
    {
        for (var at = 0; at < bytes.Length; at += size)
        {
            await connection.SendAsync(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)), CancellationToken.None);
        }
    });

    /// <summary>Claims one length in a PDU's header, and sends another.</summary>
    public static RudeAct LieAboutLength(byte type, uint claimed, int sent) =>
        Send([.. WireBytes.Header(type, claimed), .. new byte[sent]]);

    /// <summary>Reads nothing until the task ends: the peer's writes fill the network's buffers.</summary>
    public static RudeAct NeverReadUntil(Task ended) => new(_ => ended);

    public Task Play(PduConnection connection) => play(connection);

    private static async Task<byte[]> ReadAsync(PduConnection connection, int count)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count;)
        {
            var read = await connection.ReceiveAsync(bytes.AsMemory(filled), CancellationToken.None);
            filled += read > 0 ? read : throw new EndOfStreamException("The peer left in the middle of a PDU.");
        }

        return bytes;
    }
}
