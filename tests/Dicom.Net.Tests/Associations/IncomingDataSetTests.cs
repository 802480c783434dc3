using Dicom.Net.Associations;
using Dicom.Net.DataSets;
using Dicom.Net.Dimse;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

public sealed class IncomingDataSetTests : IDisposable
{
    private static readonly NegotiatedContext Context =
        new(WireBytes.StoreContext, WireBytes.CTImageStorage, WireBytes.ExplicitLittleEndian);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Complete_UpToTheThreshold_IsInMemory()
    {
        using var incoming = Incoming(threshold: 100);
        incoming.Append(new byte[60]);
        incoming.Append(new byte[40]);
        using var complete = incoming.Complete()!;
        Assert.Equal(100, complete.Length);
        Assert.True(complete.TryGetMemory(out _));
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void Dispose_TheApplicationsStreamCannotBeClosed_IsNoFailure()
    {
        var incoming = Incoming(threshold: 100);
        incoming.AwaitDecision();
        incoming.Append(new byte[60]);
        incoming.Decide(new UncloseableStream());

        incoming.Dispose();

        Assert.Null(incoming.Fault);
    }

    [Fact]
    public void Complete_NothingAppended_IsAnEmptyDataSet()
    {
        using var incoming = Incoming(threshold: 100);
        using var complete = incoming.Complete()!;
        Assert.Equal(0, complete.Length);
        Assert.Null(incoming.Fault);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(0)]
    public void Complete_OverTheThreshold_IsAPart10FileFromItsFirstByte(int threshold)
    {
        var sent = WireBytes.PixelData(88);
        using var incoming = Incoming(threshold);
        incoming.Append(sent.AsMemory(0, 50));
        incoming.Append(sent.AsMemory(50));
        using var complete = incoming.Complete()!;

        using (var file = DicomDataSet.Load(Assert.Single(_folder.Files)))
        {
            Assert.Equal(sent.AsMemory(12), file.GetBytes(new DicomTag(0x7FE0, 0x0010)));
        }

        var meta = FileMetaInformation.Read(File.ReadAllBytes(_folder.Files[0]), out var offset);
        Assert.Equal(WireBytes.CTImageStorage, meta.MediaStorageSopClassUid);
        Assert.Equal("1.2.3.4", meta.MediaStorageSopInstanceUid);
        Assert.Equal(WireBytes.ExplicitLittleEndian, meta.TransferSyntaxUid);
        Assert.Equal(sent, File.ReadAllBytes(_folder.Files[0])[(int)offset..]);
        Assert.Equal(sent, Bytes(complete));
    }

    [Fact]
    public void Dispose_OfTheCompletedDataSet_DeletesTheFile()
    {
        using var incoming = Incoming(threshold: 0);
        incoming.Append(new byte[] { 1, 2 });
        incoming.Complete()!.Dispose();
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void Dispose_Abandoned_LeavesNoFile()
    {
        var incoming = Incoming(threshold: 0);
        incoming.Append(new byte[] { 1, 2 });
        Assert.Single(_folder.Files);
        incoming.Dispose();
        incoming.Dispose();
        incoming.Append(new byte[] { 3 });
        Assert.Empty(_folder.Files);
        Assert.Null(incoming.Complete());
    }

    [Theory]
    [InlineData("../../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\b\0c")]
    [InlineData("..")]
    public void Append_HostileInstanceUid_NeverGetsIntoThePath(string uid)
    {
        using var incoming = new IncomingDataSet(Command(uid), Context, new() { Folder = _folder.Path, MemoryThreshold = 0 });
        incoming.Append(new byte[] { 1, 2 });
        using var complete = incoming.Complete()!;
        Assert.Matches("^dicomnet-[0-9a-f]{32}\\.part$", Path.GetFileName(Assert.Single(_folder.Files)));
    }

    [Fact]
    public void Append_FolderIsGone_IsAFaultAndTheRestIsDropped()
    {
        using var incoming = new IncomingDataSet(
            Command("1.2.3.4"), Context, new() { Folder = Path.Combine(_folder.Path, "missing"), MemoryThreshold = 10 });
        incoming.Append(new byte[11]);
        Assert.IsType<DirectoryNotFoundException>(incoming.Fault);
        incoming.Append(new byte[1000]);
        Assert.Null(incoming.Complete());
    }

    [Fact]
    public void Complete_FileWasTakenAway_CanBeReadButNotSaved()
    {
        using var incoming = Incoming(threshold: 0);
        incoming.Append(new byte[] { 1, 2 });
        File.Delete(_folder.Files[0]);
        using var dataSet = new DicomDataSet(incoming.Complete()!, meta: null);
        Assert.Throws<FileNotFoundException>(() => dataSet.Save(Path.Combine(_folder.Path, "saved.dcm")));
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void Decide_Stream_GetsWhatWaitedAndWhatComes()
    {
        var sink = new MemoryStream();
        using var incoming = Incoming(threshold: 2);
        incoming.AwaitDecision();
        incoming.Append(new byte[] { 1, 2, 3 });
        Assert.Empty(_folder.Files);
        incoming.Decide(sink);
        incoming.Append(new byte[] { 4, 5 });
        Assert.True(sink.CanWrite);
        Assert.Null(incoming.Complete());
        Assert.Null(incoming.Fault);
        Assert.Equal([1, 2, 3, 4, 5], sink.ToArray());
        Assert.False(sink.CanWrite, "The data set closes the stream.");
    }

    [Fact]
    public void Decide_NoStream_SpoolsWhatWaited()
    {
        using var incoming = Incoming(threshold: 2);
        incoming.AwaitDecision();
        incoming.Append(new byte[] { 1, 2, 3 });
        incoming.Decide(null);
        using var complete = incoming.Complete()!;
        Assert.Equal([1, 2, 3], Bytes(complete));
        Assert.Single(_folder.Files);
    }

    [Fact]
    public void Decide_AfterTheLoss_ClosesTheStream()
    {
        var sink = new MemoryStream();
        var incoming = Incoming(threshold: 2);
        incoming.AwaitDecision();
        incoming.Dispose();
        incoming.Decide(sink);
        Assert.False(sink.CanWrite);
    }

    [Fact]
    public void Dispose_MidStream_ClosesTheStream()
    {
        var sink = new MemoryStream();
        var incoming = Incoming(threshold: 2);
        incoming.AwaitDecision();
        incoming.Decide(sink);
        incoming.Append(new byte[] { 1 });
        incoming.Dispose();
        Assert.False(sink.CanWrite);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Append_StreamFails_IsAFaultAndTheStreamIsClosed(bool atOnce)
    {
        // Two bytes fit.
        var sink = new MemoryStream(new byte[2]);
        using var incoming = Incoming(threshold: 100);
        incoming.AwaitDecision();
        incoming.Append(new byte[atOnce ? 3 : 2]);
        incoming.Decide(sink);
        incoming.Append(new byte[1]);
        Assert.IsType<NotSupportedException>(incoming.Fault);
        Assert.Null(incoming.Complete());
        Assert.False(sink.CanWrite);
    }

    [Fact]
    public async Task Decide_WhileFragmentsArrive_LosesNone()
    {
        // The rest of the PDU that began the data set is appended while the application answers.
        for (var round = 0; round < 200; round++)
        {
            var sink = new MemoryStream();
            using var incoming = Incoming(threshold: 4);
            incoming.AwaitDecision();
            var deciding = Task.Run(() => incoming.Decide(sink), TestContext.Current.CancellationToken);
            for (byte i = 0; i < 100; i++)
            {
                incoming.Append(new byte[] { i });
            }

            await deciding.WithTimeout();
            Assert.Null(incoming.Complete());
            Assert.Null(incoming.Fault);
            Assert.Equal(Enumerable.Range(0, 100).Select(i => (byte)i), sink.ToArray());
        }

        Assert.Empty(_folder.Files);
    }

    private static CommandSet Command(string instance) => CommandSet.CStoreRq(1, WireBytes.CTImageStorage, instance);

    private static byte[] Bytes(EncodedDataSet encoded)
    {
        var bytes = new byte[encoded.Length];
        encoded.ReadExactly(0, bytes);
        return bytes;
    }

    private IncomingDataSet Incoming(int threshold) =>
        new(Command("1.2.3.4"), Context, new() { Folder = _folder.Path, MemoryThreshold = threshold });
}
