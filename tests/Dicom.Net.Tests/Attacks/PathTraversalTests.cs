using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// Names of files that a peer has a say in (CVE-2022-2119, CVE-2022-2120, CVE-2026-50003, CVE-2026-52868): the library gives names of its own.
/// Those that the samples make of UIDs are tested with them.
/// </summary>
public sealed class PathTraversalTests : IDisposable
{
    // The spool folder lies within it, so that what gets out of that is seen.
    private readonly TestFolder _surroundings = new();
    private readonly string _spool;

    public PathTraversalTests() => _spool = Directory.CreateDirectory(_surroundings.File("spool")).FullName;

    public static TheoryData<string> Names => [.. HostileNames.All.Distinct()];

    public void Dispose() => _surroundings.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Store_HostileInstanceUid_GivesNoFileAName(string name) =>
        await AssertSpooledByOurNameAsync(WireBytes.Of(WireBytes.Request()), CommandSet.CStoreRq(1, WireBytes.CTImageStorage, name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Store_HostileTitles_GiveNoFileAName(string name)
    {
        var title = name[..Math.Min(16, name.Length)];
        var move = CommandSet.CStoreRq(
            1, WireBytes.CTImageStorage, "1.2.3", moveOriginator: title, moveOriginatorMessageId: 1);

        await AssertSpooledByOurNameAsync(WireBytes.RequestWithTitles(title, title), move);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void Save_ALinkBearsTheName_NothingIsWrittenThroughIt(bool overwrite, bool isDangling)
    {
        var outside = _surroundings.File("outside");
        if (!isDangling)
        {
            File.WriteAllText(outside, "precious");
        }

        var path = Path.Combine(_spool, "1.2.3.dcm");
        File.CreateSymbolicLink(path, outside);
        using var instance = TestInstance.Create();

        foreach (var flush in (bool[])[true, false])
        {
            var error = Record.Exception(() => instance.Save(path, overwrite, flush));
            Assert.Equal(!overwrite, error is IOException);
        }

        Assert.Equal(isDangling ? null : "precious", File.Exists(outside) ? File.ReadAllText(outside) : null);
        Assert.Equal(overwrite, File.ResolveLinkTarget(path, returnFinalTarget: false) is null);
        Assert.Single(Directory.GetFiles(_spool));
    }

    private async Task AssertSpooledByOurNameAsync(byte[] associate, CommandSet store)
    {
        var told = new TaskCompletionSource<DicomCStoreRequestEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = TestScp.AcceptingAll(new() { MemoryThreshold = 0 }, _spool);
        listener.CStoreRequestReceived += (_, e) =>
        {
            e.Handled = true;
            told.TrySetResult(e);
        };
        await using var scu = await RawScu.ConnectedAsync(listener.HostPort);
        await scu.Peer.SendAsync(associate);
        if ((await scu.Peer.ReceiveAsync()).Type != PduType.AAssociateAc)
        {
            // A title of spaces is none, and a command set that names no instance is no C-STORE.
            Assert.Empty(Entries());
            return;
        }

        await scu.Peer.SendAsync(
            WireBytes.PData(WireBytes.Pdv(WireBytes.StoreContext, WireBytes.LastCommand, WireBytes.Bytes(store))),
            WireBytes.StoreData(true, WireBytes.PixelData(100)));

        // Either it is told, and lies under a name of the library's; or its UID is none that a file may say, and it is refused.
        var answer = scu.Peer.ReceiveAsync();
        if (await Task.WhenAny(told.Task, answer) == told.Task)
        {
            Assert.All(Entries(), entry => Assert.Matches(@"^spool/dicomnet-[0-9a-f]{32}\.part\z", entry));
            (await told.Task).Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        }

        if ((await answer).Type == PduType.PDataTf)
        {
            Assert.NotNull(WireBytes.CommandOf(await answer).Status);
            Assert.Equal(DicomCommandStatusType.Success, await scu.Peer.EchoAsync(2));
        }

        Assert.Empty(Entries());
    }

    private IEnumerable<string> Entries() => Directory
        .EnumerateFiles(_surroundings.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Select(file => Path.GetRelativePath(_surroundings.Path, file).Replace('\\', '/'));
}
