using System.Globalization;
using System.Runtime.CompilerServices;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>DCMTK's clients against an SCP of handlers: what is refused, cancelled, retrieved, and what fails.</summary>
public sealed class HandlerScpTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StoreHandler_Storescu_IsKept()
    {
        using var scp = Start(new DicomHandlers().OnCStore((request, _) =>
        {
            request.DataSet!.Save(_folder.PathOf("kept.dcm"));
            return new(DicomCommandStatusType.Success);
        }));

        await using var storescu = await Dcmtk.RunAsync(0, "storescu", "-v", "127.0.0.1", PortOf(scp), MakeFile("1"));

        Assert.Contains("Received Store Response (Success)", storescu.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.PathOf("kept.dcm")));
    }

    [Fact]
    public async Task StoreHandler_RefusesBeforeTheDataSet_StorescuIsToldWhy()
    {
        var handler = new Refusing();
        using var scp = Start(new DicomHandlers().Add(handler));

        await using var storescu = await Dcmtk.RunAsync(0, "storescu", "-d", "-nh", "127.0.0.1", PortOf(scp), MakeFile("1"));

        Assert.Contains("0xa700", storescu.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, handler.Stores);
    }

    [Fact]
    public async Task StoreHandler_Throws_TheNextIsServed()
    {
        var calls = 0;
        using var scp = Start(new DicomHandlers().OnCStore((_, _) => ++calls == 1
            ? throw new InvalidOperationException("The test's.")
            : new(DicomCommandStatusType.Success)));

        await using var storescu = await Dcmtk.RunAsync(0, "storescu", "-v", "-nh", "127.0.0.1", PortOf(scp), MakeFile("1"), MakeFile("2"));

        Assert.Equal(2, calls);
        Assert.Contains("Received Store Response (Success)", storescu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreHandler_Hangs_StorescuIsToldWhenItsTimeIsOverAndTheNextIsServed()
    {
        var calls = 0;
        var cancelled = new TaskCompletionSource();
        var handlers = new DicomHandlers { TimeLimit = TimeSpan.FromSeconds(3) }.OnCStore(async (_, token) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                token.Register(() => cancelled.SetResult());
                await new TaskCompletionSource<DicomOutcome>().Task;
            }

            return DicomCommandStatusType.Success;
        });
        using var scp = Start(handlers);

        await using var storescu = await Dcmtk.RunAsync(0, "storescu", "-v", "-nh", "127.0.0.1", PortOf(scp), MakeFile("1"), MakeFile("2"));

        await cancelled.Task.WithTimeout();
        Assert.Contains("Received Store Response (Error: ProcessingFailure)", storescu.Output, StringComparison.Ordinal);
        Assert.Contains("Received Store Response (Success)", storescu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindHandler_FindscuCancels_EndsWithCancel()
    {
        var ended = new TaskCompletionSource();
        using var scp = Start(new DicomHandlers().OnCFind((_, token) => UntilCancelled(ended, token)));

        await using var findscu = await Dcmtk.RunAsync(
            0, "findscu", "-v", "-S", "--cancel", "2", "-k", "QueryRetrieveLevel=STUDY", "-k", "PatientName", "127.0.0.1", PortOf(scp));

        Assert.Contains("Cancel", findscu.Output, StringComparison.Ordinal);
        await ended.Task.WithTimeout();
    }

    [Fact]
    public async Task GetHandler_Getscu_GetsTheInstances()
    {
        string[] files = [MakeFile("1"), MakeFile("2")];
        using var scp = Start(new DicomHandlers().OnCGet((_, _) => files.Select(DicomInstance.FromFile).ToAsyncEnumerable()));

        await using var getscu = await Dcmtk.RunAsync(
            0, "getscu", "-v", "-S", "-od", _folder.Sub("got"), "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=1.2", "127.0.0.1",
            PortOf(scp));

        Assert.Equal(2, Directory.GetFiles(_folder.PathOf("got")).Length);
    }

    [Fact]
    public async Task MoveHandler_MovescuToStorescp_ArrivesAndIsCounted()
    {
        string[] files = [MakeFile("1"), MakeFile("2"), MakeFile("3")];
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("moved"));
        using var scp = Start(new DicomHandlers().OnCMove(
            title => title == "DEST" ? new("127.0.0.1", int.Parse(storescp.Port, CultureInfo.InvariantCulture)) : null,
            (_, _) => files.Select(DicomInstance.FromFile).ToAsyncEnumerable()));

        await using var movescu = await MoveAsync(0, scp, "DEST");
        await using var lost = await MoveAsync(69, scp, "NOWHERE");

        Assert.Contains("Received Final Move Response (Success)", movescu.Output, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(_folder.PathOf("moved")).Length);
        Assert.Contains("MoveDestinationUnknown", lost.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoveHandler_MovescuCancels_StopsSending()
    {
        const int Count = 60_000; // Minutes of work.
        var file = MakeFile("1");
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("moved"));
        using var scp = Start(new DicomHandlers().OnCMove(
            _ => new("127.0.0.1", int.Parse(storescp.Port, CultureInfo.InvariantCulture)),
            (request, _) =>
            {
                request.Count = Count;
                return Enumerable.Repeat(DicomInstance.FromFile(file), Count).ToAsyncEnumerable();
            }));

        await using var movescu = await MoveAsync(0, scp, "DEST", "--cancel", "1");

        Assert.Contains("Cancel", movescu.Output, StringComparison.Ordinal);
    }

    private static Task<RunningProcess> MoveAsync(int exitCode, DicomNet scp, string destination, params string[] options) => Dcmtk.RunAsync(
        exitCode, "movescu",
        ["-v", "-S", "-aem", destination, .. options, "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=1.2", "127.0.0.1", PortOf(scp)]);

    private static DicomNet Start(DicomHandlers handlers)
    {
        handlers.Supported = new(new DicomSupportedService(static _ => true, DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian)
        {
            ProviderRole = DicomRoleSupport.Supported,
        });
        var scp = new DicomNet(null, DicomNetSecurityMode.None, new DicomNetOptions { Handlers = handlers });
        scp.Listen("127.0.0.1", 0, 16).ThrowIfFailed();
        return scp;
    }

    private static string PortOf(DicomNet scp) => scp.HostPort.ToString(CultureInfo.InvariantCulture);

    private string MakeFile(string uid)
    {
        var path = _folder.PathOf($"{uid}.dcm");
        using var instance = new DicomDataSet();
        instance.Set(DicomTag.SOPClassUID, DicomUids.SecondaryCaptureImageStorage);
        instance.Set(DicomTag.SOPInstanceUID, $"1.2.3.{uid}");
        instance.Set(DicomTag.StudyInstanceUID, "1.2");
        instance.Save(path);
        return path;
    }

    private static async IAsyncEnumerable<DicomDataSet> UntilCancelled(
        TaskCompletionSource ended, [EnumeratorCancellation] CancellationToken token)
    {
        try
        {
            for (var number = 1; ; number++)
            {
                using var match = new DicomDataSet();
                match.Set(DicomTag.QueryRetrieveLevel, "STUDY");
                match.Set(DicomTag.PatientName, $"Match^{number}");
                yield return match;
                if (number == 2)
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
            }
        }
        finally
        {
            ended.SetResult();
        }
    }

    private sealed class Refusing : ICStoreStartHandler
    {
        public int Stores { get; private set; }

        public ValueTask<Stream?> StartAsync(DicomCStoreRequest request, CancellationToken cancellationToken) =>
            throw new DicomRefusalException(DicomCommandStatusType.OutOfResources, "quota");

        public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
        {
            Stores++;
            return new(DicomOutcome.Success);
        }
    }
}
