namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

/// <summary>The index is made of files that can be read, of those that can be later, and not without those that cannot.</summary>
public sealed class IndexingTests : IDisposable
{
    private const string Uid = "1.2.1.1.1";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_FileThatCannotBeReadForAMoment_IsIndexed()
    {
        MakeUnreadable();
        using var index = NewIndex();
        var pauses = 0;

        Run(index, _ =>
        {
            if (++pauses == 2)
            {
                MakeReadable();
            }
        }, TestContext.Current.CancellationToken);

        Assert.NotNull(index.Find(Uid));
    }

    [Fact]
    public void Run_FileThatCannotBeRead_FailsAndTheNextOneBeginsAnew()
    {
        MakeUnreadable();
        using (var index = NewIndex())
        {
            var error = Assert.Throws<IOException>(() => Run(index, _ => { }, TestContext.Current.CancellationToken));

            Assert.StartsWith("1.dcm", error.Message, StringComparison.Ordinal);
        }

        MakeReadable();
        using var next = NewIndex();
        Run(next, _ => Assert.Fail("There is nothing to wait for."), TestContext.Current.CancellationToken);

        Assert.NotNull(next.Find(Uid));
    }

    [Fact]
    public void Run_FilesWithoutAnInstance_AreLeftOut()
    {
        File.WriteAllText(_folder.PathOf("nonsense.dcm"), "nonsense");
        File.CreateSymbolicLink(_folder.PathOf("gone.dcm"), _folder.PathOf("gone"));
        MakeReadable();
        using var index = NewIndex();

        Run(index, _ => Assert.Fail("There is nothing to wait for."), TestContext.Current.CancellationToken);

        Assert.NotNull(index.Find(Uid));
    }

    [Fact]
    public void Run_ItIsToEnd_EndsAndTheNextOneBeginsAnew()
    {
        MakeUnreadable();
        using var ended = new CancellationTokenSource();
        using (var index = NewIndex())
        {
            Assert.ThrowsAny<OperationCanceledException>(() => Run(index, _ => ended.Cancel(), ended.Token));
        }

        MakeReadable();
        using var next = NewIndex();
        Run(next, _ => Assert.Fail("There is nothing to wait for."), TestContext.Current.CancellationToken);

        Assert.NotNull(next.Find(Uid));
    }

    private ArchiveIndex NewIndex() => new(new SqliteDatabase(_folder.PathOf("index.db"), flushesToDisk: false));

    private void Run(ArchiveIndex index, Action<TimeSpan> pause, CancellationToken ended) => index.Build(
        () => new Indexing(index, new ArchiveFolder(_folder.Folder, flushesToDisk: false, isShared: false), ended, pause).Run(), ended);

    // A link to itself: as good as a disk's error, also for root (ELOOP).
    private void MakeUnreadable() => File.CreateSymbolicLink(_folder.PathOf("1.dcm"), _folder.PathOf("1.dcm"));

    private void MakeReadable()
    {
        File.Delete(_folder.PathOf("1.dcm"));
        using var instance = TestInstance.Make(1, 1, 1);
        instance.Save(_folder.PathOf("1.dcm"), flushToDisk: false);
    }
}
