using System.Runtime.CompilerServices;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// Memory, handles and threads that each connection leaves behind (CVE-2022-43272, CVE-2026-50254, CVE-2026-35505): after hundreds of each kind
/// nothing of the library's is alive that belonged to one. With 100,000: <c>leak</c> of tests/Dicom.Net.Soak, which looks at the process.
/// </summary>
public sealed class LeakPerConnectionTests : IDisposable
{
    private const int OfEachKind = 200;

    private static readonly Dictionary<string, byte[][]> Kinds = new()
    {
        ["nothing"] = [],
        ["half a request"] = [WireBytes.Of(WireBytes.Request())[..50]],
        ["garbage"] = [[0x47, 0x45, 0x54, 0x20, 0x2F, 0x20, 0x48]],
        ["a request of 4 GiB"] = [WireBytes.Header(1, uint.MaxValue)],
        ["a request of no title"] = [WireBytes.RequestWithTitles("", "")],
        ["an association"] = [WireBytes.Of(WireBytes.Request())],
        ["half a message"] = [WireBytes.Of(WireBytes.Request()), WireBytes.StoreRq(1), WireBytes.StoreData(false, new byte[50_000])],
        ["a message nobody answers"] = [WireBytes.Of(WireBytes.Request()), WireBytes.StoreRq(1), WireBytes.StoreData(true, new byte[5_000])],
        ["a PDV that is none"] = [WireBytes.Of(WireBytes.Request()), WireBytes.PData([0, 0, 0, 1, 1])],
        ["an abort"] = [WireBytes.Of(WireBytes.Request()), WireBytes.Abort()],
        ["a release"] = [WireBytes.Of(WireBytes.Request()), WireBytes.ReleaseRq],
        ["a response nobody asked for"] = [WireBytes.Of(WireBytes.Request()), WireBytes.EchoRsp(7)],
    };

    private readonly TestFolder _folder = new();
    private readonly List<WeakReference> _parts = [];
    private readonly Lock _lock = new();

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var kind in Kinds.Keys)
            {
                cases.Add(kind, true);
                cases.Add(kind, false);
            }

            return cases;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Connections_OfOneKind_LeaveNothing(string kind, bool isReset)
    {
        using var listener = TestScp.AcceptingAll(new() { MemoryThreshold = 1000 }, _folder.Path);
        listener.Closed += (_, e) => Remember(e.Net);
        listener.CStoreRequestReceived += (_, e) => e.Handled = true;
        listener.DataReceived += (_, e) => Remember(e.DataSet);

        for (var i = 0; i < OfEachKind; i++)
        {
            await ConnectAsync(listener.HostPort, Kinds[kind], isReset);
        }

        await Eventually.True(() => listener.GetClientCount() == 0);
        await Eventually.True(() => (listener.Door.Connections.Associations, listener.Door.Connections.Unassociated) == (0, 0));
        await Eventually.True(() => _folder.Files.Length == 0);

        // A few may still be in a register, or in a thread's last frame.
        await Eventually.True(() => Alive() <= 4, text: "what belonged to a connection is collected");
        GC.KeepAlive(listener);
    }

    private static async Task ConnectAsync(int port, byte[][] pdus, bool isReset)
    {
        await using var scu = await RawScu.ConnectedAsync(port);
        try
        {
            await scu.Peer.SendAsync(pdus);
        }
        catch (IOException)
        {
            // It was aborted before it had said all.
        }

        if (isReset)
        {
            scu.Peer.Reset();
        }
        else
        {
            scu.Peer.Close();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Remember(object? part)
    {
        lock (_lock)
        {
            if (part is not null)
            {
                _parts.Add(new(part));
            }
        }
    }

    private int Alive()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        lock (_lock)
        {
            return _parts.Count(part => part.IsAlive);
        }
    }
}
