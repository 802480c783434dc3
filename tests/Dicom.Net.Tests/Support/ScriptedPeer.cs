using Dicom.Net.Pdus;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Support;

/// <summary>The other side of a connection, played by the test line by line.</summary>
internal sealed class ScriptedPeer(PduConnection connection)
{
    public Task SendAsync(params byte[][] pdus) =>
        connection.SendAsync(pdus.SelectMany(pdu => pdu).ToArray(), CancellationToken.None).WithTimeout();

    public async Task<RawPdu> ReceiveAsync()
    {
        var header = await ReadAsync(RawPdu.HeaderSize);
        return new((PduType)header[0], await ReadAsync(RawPdu.BodyLength(header)));
    }

    /// <summary>The next PDU is what <see cref="RawPdu.ToString"/> says of it.</summary>
    public async Task ExpectAsync(string pdu) => Assert.Equal(pdu, (await ReceiveAsync()).ToString());

    /// <summary>The other side sends nothing more, and says so.</summary>
    public async Task ExpectEndAsync()
    {
        try
        {
            Assert.Equal(0, await connection.ReceiveAsync(new byte[1], CancellationToken.None).WithTimeout());
        }
        catch (TransportException)
        {
            // Cut is an end too.
        }
    }

    /// <summary>Asks for an association, and is accepted.</summary>
    public async Task AssociateAsync(uint maximumLength = 16384)
    {
        await SendAsync(WireBytes.Of(WireBytes.Request(maximumLength)));
        await ExpectAsync(nameof(PduType.AAssociateAc));
    }

    /// <summary>Sends a C-ECHO-RQ and waits for its answer.</summary>
    public async Task<DicomCommandStatusType?> EchoAsync(ushort messageId)
    {
        await SendAsync(WireBytes.EchoRq(messageId));
        var answer = WireBytes.CommandOf(await ReceiveAsync());
        Assert.Equal(messageId, answer.MessageIdBeingRespondedTo);
        return answer.Status;
    }

    public async Task ReleaseAsync()
    {
        await SendAsync(WireBytes.ReleaseRq);
        await ExpectAsync(nameof(PduType.AReleaseRp));
        connection.Close();
    }

    public void Close() => connection.Close();

    public void Reset() => connection.Abort();

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count;)
        {
            var read = await connection.ReceiveAsync(bytes.AsMemory(filled), CancellationToken.None).WithTimeout();
            Assert.True(read > 0, "The connection ended where a PDU was expected.");
            filled += read;
        }

        return bytes;
    }
}
