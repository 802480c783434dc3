using Dicom.Net.DataSets;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.DataSets;

public sealed class FreeNameTests : IDisposable
{
    private const int Rivals = 4;
    private const int Rounds = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_NameThatIsFree_RenamesTheFile()
    {
        File.WriteAllText(PathOf("a"), "bytes");

        FreeName.Take(PathOf("a"), PathOf("b"));

        Assert.Equal("bytes", File.ReadAllText(Assert.Single(_folder.Files)));
    }

    [Fact]
    public void Take_NameThatIsTaken_ThrowsAndLeavesBothFiles()
    {
        File.WriteAllText(PathOf("a"), "new");
        File.WriteAllText(PathOf("b"), "precious");

        Assert.Throws<IOException>(() => FreeName.Take(PathOf("a"), PathOf("b")));

        Assert.Equal(("new", "precious"), (File.ReadAllText(PathOf("a")), File.ReadAllText(PathOf("b"))));
    }

    /// <summary>Each by itself, since a system that can rename never links.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Try_OfWhatTheSystemCan_GivesTheNameOnce(bool renames)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux can do both.");
        Func<string, string, bool> tryTake = renames ? FreeName.TryRename : FreeName.TryLink;
        File.WriteAllText(PathOf("a"), "bytes");
        File.WriteAllText(PathOf("c"), "others");

        Assert.True(tryTake(PathOf("a"), PathOf("b")));

        Assert.Equal("bytes", File.ReadAllText(PathOf("b")));
        Assert.Throws<IOException>(() => tryTake(PathOf("c"), PathOf("b")));
        Assert.Equal(("bytes", "others"), (File.ReadAllText(PathOf("b")), File.ReadAllText(PathOf("c"))));
        Assert.False(tryTake(PathOf("missing"), PathOf("d")));
    }

    [Fact]
    public void Take_FileThatIsNotThere_Throws() =>
        Assert.Throws<FileNotFoundException>(() => FreeName.Take(PathOf("a"), PathOf("b")));

    [Fact]
    public void Take_FolderThatIsNotThere_Throws()
    {
        File.WriteAllText(PathOf("a"), "bytes");

        Assert.Throws<DirectoryNotFoundException>(() => FreeName.Take(PathOf("a"), Path.Combine(PathOf("missing"), "b")));
    }

    [Fact]
    public async Task Take_OneNameByManyAtOnce_OneHasItAndTheOthersAreTold()
    {
        using var start = new Barrier(Rivals);
        var taken = new int[Rounds];

        await Task.WhenAll(Enumerable.Range(0, Rivals).Select(rival => Task.Factory.StartNew(
            () => Compete(rival), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).WithTimeout();

        Assert.All(taken, times => Assert.Equal(1, times));

        void Compete(int rival)
        {
            for (var round = 0; round < Rounds; round++)
            {
                File.WriteAllText(PathOf($"{round} of {rival}"), "bytes");
                Assert.True(start.SignalAndWait(Patience));
                try
                {
                    FreeName.Take(PathOf($"{round} of {rival}"), PathOf($"{round}"));
                    Interlocked.Increment(ref taken[round]);
                }
                catch (IOException)
                {
                    // Another one was faster.
                }
            }
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, name);
}
