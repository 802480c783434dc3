using Dicom.Net.Tests.Postgres;
using Npgsql;

namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

/// <summary>A folder that many nodes share is mounted, or it is not: then nothing is kept in the one below it.</summary>
[Collection(PostgresCollection.Name)]
public sealed class SharedFolderTests(PostgresFixture postgres) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private readonly TestFolder _folder = new();
    private readonly TestFolder _notMounted = new();
    private readonly string _connection = postgres.NewSchema();

    public void Dispose()
    {
        _folder.Dispose();
        _notMounted.Dispose();
    }

    [Fact]
    public void Open_FolderOfAnotherArchive_IsRefusedThoughItMayBeNew()
    {
        OpenNew().Dispose();

        var error = Assert.Throws<IOException>(() => Archive.Open(_notMounted.Folder, new(), _connection, mayBeNew: true));

        Assert.Contains("mounted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoIndexAndAFolderThatIsNoArchives_IsRefusedAndMakesNothing()
    {
        var folder = new DirectoryInfo(_notMounted.PathOf("archive"));

        var error = Assert.Throws<IOException>(() => Archive.Open(folder, new(), _connection));

        Assert.Contains("--new-archive", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.FullName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    [InlineData("0123456789abcdefghijklmnopqrstuv")]
    public void Open_NameOfTheFolderIsNone_IsRefusedAndMakesNoIndex(string name)
    {
        File.WriteAllText(_folder.PathOf("archive.id"), name);

        Assert.Contains("damaged", Assert.Throws<IOException>(OpenNew).Message, StringComparison.Ordinal);

        File.Delete(_folder.PathOf("archive.id"));
        OpenNew().Dispose();
    }

    [Fact]
    public void Open_NewFolder_HasItsNameAndNothingElse()
    {
        OpenNew().Dispose();

        Assert.Matches("^[0-9a-f]{32}\\z", File.ReadAllText(_folder.PathOf("archive.id")));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Folder.FullName));
    }

    [Fact]
    public void Open_NameCannotBeWritten_LeavesNoneThatCounts()
    {
        // As a full disk does, also to root: what has the name is a link that leads nowhere.
        File.CreateSymbolicLink(_folder.PathOf("archive.id"), _notMounted.PathOf("missing/archive.id"));

        Assert.ThrowsAny<IOException>(OpenNew);

        Assert.Equal("archive.id", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(_folder.Folder.FullName))));
    }

    [Fact]
    public void Open_FolderThatIsNotThereAndMayBeNew_IsMade()
    {
        using var archive = Archive.Open(new(_folder.PathOf("archive")), new(), _connection, mayBeNew: true);
        using var instance = TestInstance.Make(1, 1, 1);

        Assert.StartsWith("stored as", archive.Keep(instance), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_IndexIsDroppedAndTheFirstNodeIsNotMounted_IsLeftToTheNext()
    {
        using (var archive = OpenNew())
        {
            using var instance = TestInstance.Make(1, 1, 1);
            archive.Keep(instance);
        }

        Execute($"DROP SCHEMA {new NpgsqlConnectionStringBuilder(_connection).SearchPath} CASCADE");
        Assert.Throws<IOException>(() => Archive.Open(_notMounted.Folder, new(), _connection));
        using var mounted = Archive.Open(_folder.Folder, new(), _connection);

        Assert.NotNull(mounted.Index.Find("1.2.1.1.1"));
    }

    [Fact]
    public void Keep_FolderIsNotMountedAnyMore_IsRefusedBeforeItWritesUntilItIs()
    {
        using var archive = OpenNew();
        using var instance = TestInstance.Make(1, 1, 1);

        using (new Unmounted(_folder.Folder))
        {
            // Whoever tried to write the study's folder would tell of this.
            File.WriteAllText(_folder.PathOf("1.2.1"), "");
            var error = Assert.Throws<IOException>(() => archive.Keep(instance));

            Assert.Contains("mounted", error.Message, StringComparison.Ordinal);
            Assert.Single(Directory.GetFileSystemEntries(_folder.Folder.FullName));
        }

        Assert.StartsWith("stored as", archive.Keep(instance), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_FolderIsLostMeanwhile_IsRefusedAndNotInTheIndex()
    {
        using var archive = OpenNew();
        using var instance = TestInstance.Make(1, 1, 1);
        using var source = NpgsqlDataSource.Create(_connection);
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();

        // The node has looked at the folder, and waits for the index.
        Query(connection, "LOCK TABLE Instance");
        var keeping = Task.Run(() => archive.Keep(instance), CancellationToken.None);
        await SomebodyWaitsAsync(connection).WaitAsync(Patience, TestContext.Current.CancellationToken);
        using (new Unmounted(_folder.Folder))
        {
            transaction.Commit();
            await Assert.ThrowsAsync<IOException>(() => keeping.WaitAsync(Patience, TestContext.Current.CancellationToken));
            Assert.Empty(Directory.GetFileSystemEntries(_folder.Folder.FullName));
        }

        Assert.Null(archive.Index.Find("1.2.1.1.1"));
    }

    [Fact]
    public async Task Keep_FileOfTheUidComesBackWhileAnotherOneIsKept_IsNotDeleted()
    {
        using var archive = Archive.Open(_folder.Folder, new() { Duplicates = DuplicatePolicy.KeepFirst }, _connection, mayBeNew: true);
        using var first = TestInstance.Make(1, 1, 1);
        using var second = TestInstance.Make(1, 1, 1, (DicomTag.StudyInstanceUID, "1.2.99"));
        archive.Keep(first);
        var file = archive.PathOf(archive.Index.Find("1.2.1.1.1")!.Path);
        File.Move(file, _notMounted.PathOf("file"));
        using var source = NpgsqlDataSource.Create(_connection);
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();

        // The node has not found the file, and waits for the index, which may be read.
        Query(connection, "LOCK TABLE Instance IN EXCLUSIVE MODE");
        var keeping = Task.Run(() => archive.Keep(second), CancellationToken.None);
        await SomebodyWaitsAsync(connection).WaitAsync(Patience, TestContext.Current.CancellationToken);
        File.Move(_notMounted.PathOf("file"), file);
        transaction.Commit();
        await keeping.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.True(File.Exists(file));
    }

    private Archive OpenNew() => Archive.Open(_folder.Folder, new(), _connection, mayBeNew: true);

    private void Execute(string sql)
    {
        using var source = NpgsqlDataSource.Create(_connection);
        using var connection = source.OpenConnection();
        Query(connection, sql);
    }

    private static object? Query(NpgsqlConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static async Task SomebodyWaitsAsync(NpgsqlConnection connection)
    {
        while (Query(connection, "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'Instance'::regclass)") is false)
        {
            await Task.Delay(PollInterval);
        }
    }

    /// <summary>What is seen of a folder that is not mounted: the empty one below it.</summary>
    private sealed class Unmounted : IDisposable
    {
        private readonly string _path;

        public Unmounted(DirectoryInfo folder)
        {
            _path = folder.FullName;
            Directory.Move(_path, Elsewhere);
            Directory.CreateDirectory(_path);
        }

        private string Elsewhere => $"{_path}-elsewhere";

        public void Dispose()
        {
            Directory.Delete(_path, recursive: true);
            Directory.Move(Elsewhere, _path);
        }
    }
}
