using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dicom.Net.DataSets;
using Dicom.Net.Pdus;

namespace Dicom.Net.Benchmarks.Cycling;

/// <summary>
/// Connects, associates, releases and closes, over and over: bytes made beforehand, one thread that blocks, so that it costs little and
/// as much with any server.
/// </summary>
internal sealed class AssociationCycles
{
    // Arbitrary: an answer to 128 contexts has some 4 KiB.
    private const int LongestAnswer = 64 * 1024;

    // Arbitrary: an answer takes microseconds.
    private const int PatienceMilliseconds = 10_000;

    private readonly IPEndPoint _server;
    private readonly int _contexts;
    private readonly byte[] _request;
    private readonly byte[] _release;
    private readonly byte[] _answer = new byte[LongestAnswer];

    /// <param name="port">The server's port, on 127.0.0.1.</param>
    /// <param name="contexts">How many presentation contexts to propose: 1 to 128.</param>
    public AssociationCycles(int port, int contexts)
    {
        _server = new(IPAddress.Loopback, port);
        _contexts = contexts;
        _request = Encode(output => PduWriter.Write(Request(contexts), output));
        _release = Encode(PduWriter.WriteReleaseRq);
    }

    /// <param name="warmUp">How many associations to make before the clock starts.</param>
    /// <param name="duration">How long to begin associations after that.</param>
    /// <exception cref="BenchmarkException">The server did not do what it should.</exception>
    public LoadResult Run(int warmUp, TimeSpan duration)
    {
        CheckThatAllAreAccepted();
        for (var i = 0; i < warmUp; i++)
        {
            Cycle();
        }

        var start = Stopwatch.GetTimestamp();
        long count = 0;
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            Cycle();
            count++;
        }

        return LoadResult.Of(count, Stopwatch.GetElapsedTime(start));
    }

    // As short as proposals get: 128 of them are a request of 6.5 KB, and dsink takes no PDU of this type beyond 8 KiB.
    private static AAssociateRq Request(int contexts) => new()
    {
        CalledAETitle = "ANY-SCP",
        CallingAETitle = "DICOMNET",
        // Identifiers are odd (PS3.8 §9.3.2.2).
        PresentationContexts =
        [
            .. Enumerable.Range(0, contexts)
                .Select(i => new PresentationContextRq((byte)(2 * i + 1), DicomUids.Verification, [DicomUids.ImplicitVRLittleEndian])),
        ],
        UserInformation = new()
        {
            MaximumLength = 128 * 1024,
            ImplementationClassUid = Implementation.ClassUid,
            ImplementationVersionName = Implementation.VersionName,
        },
    };

    private static byte[] Encode(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }

    private void CheckThatAllAreAccepted()
    {
        var length = Cycle();
        var answer = PduReader.ReadAssociateAc(_answer.AsSpan(PduHeader.Size, length), PduLimits.Default);
        var accepted = answer.PresentationContexts.Count(context => context.Result == PresentationContextResult.Acceptance);
        if (accepted != _contexts)
        {
            throw new BenchmarkException($"The server accepted {accepted} of {_contexts} presentation contexts.");
        }
    }

    /// <returns>The length of the A-ASSOCIATE-AC, without its header; it stays in the buffer.</returns>
    private int Cycle()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = PatienceMilliseconds,
        };
        socket.Connect(_server);
        socket.Send(_request);
        var length = Receive(socket, _answer, PduType.AAssociateAc);
        socket.Send(_release);
        Receive(socket, stackalloc byte[_release.Length], PduType.AReleaseRp);
        return length;
    }

    private static int Receive(Socket socket, Span<byte> buffer, PduType expected)
    {
        var received = 0;
        while (true)
        {
            if (PduHeader.TryRead(buffer[..received], out var header))
            {
                if (header.Type != (byte)expected)
                {
                    throw new BenchmarkException($"The server sent a PDU of type {header.Type} instead of {expected}.");
                }

                if (received == PduHeader.Size + header.Length)
                {
                    return (int)header.Length;
                }
            }

            var count = socket.Receive(buffer[received..]);
            received += count > 0 ? count : throw new BenchmarkException($"The server closed the connection, or sent more than {expected}.");
        }
    }
}
