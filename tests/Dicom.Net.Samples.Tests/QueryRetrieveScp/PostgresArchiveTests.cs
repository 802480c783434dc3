using Dicom.Net.Tests.Postgres;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

/// <summary>Several archives with one index and one folder: the nodes of one.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresArchiveTests : ArchiveTests
{
    private const int Nodes = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PostgresFixture _postgres;
    private readonly string _connection;

    public PostgresArchiveTests(PostgresFixture postgres)
        : this(postgres, postgres.NewSchema())
    {
    }

    private PostgresArchiveTests(PostgresFixture postgres, string connection)
        : base(connection) => (_postgres, _connection) = (postgres, connection);

    [Fact]
    public async Task Open_ManyAtOnce_MakeOneIndexOfTheFiles()
    {
        for (var number = 1; number <= 20; number++)
        {
            using var instance = TestInstance.Make(1, 1, number);
            instance.Save(Folder.PathOf($"{number}.dcm"), flushToDisk: false);
        }

        var nodes = await OpenAsync(6);

        foreach (var node in nodes)
        {
            Assert.Equal(20, Find(node, "IMAGE", (DicomTag.SOPInstanceUID, "")).Count);
            node.Dispose();
        }
    }

    [Fact]
    public void Open_FilesWithoutAnIndex_AreIndexedInOneTransaction()
    {
        for (var number = 1; number <= 20; number++)
        {
            // Every UID twice.
            using var instance = TestInstance.Make(1, 1, (number + 1) / 2);
            instance.Save(Folder.PathOf($"{number}.dcm"), flushToDisk: false);
        }

        using var archive = Open();

        Assert.Equal(10, Find(archive, "IMAGE", (DicomTag.SOPInstanceUID, "")).Count);
        Assert.Equal(1L, Execute("SELECT COUNT(DISTINCT xmin::text) FROM Instance"));
    }

    [Fact]
    public async Task Open_AnotherNodeMakesTheIndexAndThisOneIsToEnd_DoesNotWait()
    {
        using var source = Npgsql.NpgsqlDataSource.Create(_connection);
        using var other = source.OpenConnection();
        Scalar(other, $"SELECT pg_advisory_lock({0x4449_434F_4D})");
        using var ended = new CancellationTokenSource();
        var opening = Task.Run(
            () => Archive.OpenUnlessEnded(Folder.Folder, new(), _connection, mayBeNew: true, ended.Token),
            TestContext.Current.CancellationToken);
        await Eventually.True(() => Scalar(
            other, "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)") is true);

        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WithTimeout());
        Scalar(other, "SELECT pg_advisory_unlock_all()");
    }

    [Fact]
    public void Open_AfterOneThatWasInterrupted_BeginsAnew()
    {
        using (var instance = TestInstance.Make(1, 1, 1))
        {
            instance.Save(Folder.PathOf("1.dcm"), flushToDisk: false);
        }

        Open().Dispose();
        Execute("DELETE FROM Archive; DELETE FROM Instance");

        using var archive = Open();

        Assert.NotNull(archive.Index.Find("1.2.1.1.1"));
    }

    [Fact]
    public void Open_IndexOfAnotherVersion_IsRefusedAndLeftAlone()
    {
        Open().Dispose();
        Execute("UPDATE Archive SET Version = 99");

        Assert.Contains("DROP", Assert.Throws<IOException>(() => Open()).Message, StringComparison.Ordinal);
        Assert.Contains("DROP", Assert.Throws<IOException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoConnectionString_SaysSo() =>
        Assert.Throws<FormatException>(() => Archive.Open(Folder.Folder, new(), "Nonsense=1"));

    [Fact]
    public async Task Keep_SameInstanceThroughAllNodesAtOnce_IsKeptOnceAndAcknowledgedByAll()
    {
        var nodes = await OpenAsync(Nodes);
        for (var round = 1; round <= 20; round++)
        {
            var outcomes = await AtOnce(nodes, _ => TestInstance.Make(1, round, 1));

            Assert.Equal(["stored as", "stored before", "stored before"], outcomes.Select(outcome => outcome.Split(" 1.2")[0]).Order());
        }

        AssertIndexAndFilesAgree(nodes[0], 20);
        Array.ForEach(nodes, node => node.Dispose());
    }

    [Fact]
    public async Task Keep_DifferentInstancesOfOneUidAtOnce_OneIsKeptAndTheOthersAreRefused()
    {
        var nodes = await OpenAsync(Nodes);
        for (var round = 1; round <= 20; round++)
        {
            // In studies of their own, which must go with the instances that are refused.
            var outcomes = await AtOnce(nodes, node => TestInstance.Make(1, round, 1, (DicomTag.StudyInstanceUID, $"1.2.{round}.{node}")));

            Assert.Equal(Nodes - 1, outcomes.Count(outcome => outcome == nameof(InstanceException)));
        }

        AssertIndexAndFilesAgree(nodes[0], 20);
        Assert.Equal(20, Find(nodes[1], "STUDY", (DicomTag.StudyInstanceUID, "")).Count);
        Array.ForEach(nodes, node => node.Dispose());
    }

    [Fact]
    public async Task Keep_InstancesThatReplaceEachOtherAtOnce_LeavesOneFileAndItsRow()
    {
        var nodes = await OpenAsync(Nodes, DuplicatePolicy.Replace);
        for (var round = 1; round <= 20; round++)
        {
            // One UID, three studies: with each exchange a study goes and another one comes.
            await AtOnce(nodes, node => TestInstance.Make(1, 1, 1, (DicomTag.StudyInstanceUID, $"1.2.7.{(node + round) % Nodes}")));
        }

        AssertIndexAndFilesAgree(nodes[0], 1);
        Assert.Single(Find(nodes[1], "STUDY", (DicomTag.StudyInstanceUID, "")));
        Array.ForEach(nodes, node => node.Dispose());
    }

    [Fact]
    public async Task Keep_OneStudyThroughAllNodes_HasOneStudyAndOneSeries()
    {
        var nodes = await OpenAsync(Nodes);
        for (var round = 0; round < 20; round++)
        {
            await AtOnce(nodes, node => TestInstance.Make(1, 1, 1 + (Nodes * round) + node));
        }

        AssertIndexAndFilesAgree(nodes[0], 20 * Nodes);
        Assert.Single(Find(nodes[1], "STUDY", (DicomTag.StudyInstanceUID, "")));
        Assert.Single(Find(nodes[2], "SERIES", (DicomTag.SeriesInstanceUID, "")));
        Array.ForEach(nodes, node => node.Dispose());
    }

    [Fact]
    public async Task Keep_DatabaseIsRestarted_GoesOn()
    {
        using var archive = Open();
        using var first = TestInstance.Make(1, 1, 1);
        using var second = TestInstance.Make(1, 1, 2);
        archive.Keep(first);

        await _postgres.Server().StopAsync();
        await _postgres.Server().StartAsync();

        Assert.StartsWith("stored as", archive.Keep(second), StringComparison.Ordinal);
        Assert.Equal(2, Find(archive, "IMAGE", (DicomTag.SOPInstanceUID, "")).Count);
    }

    [Fact]
    public async Task Keep_DatabaseIsAway_IsRefusedAndLeavesNothing()
    {
        using var archive = Open();
        using var first = TestInstance.Make(1, 1, 1);
        using var second = TestInstance.Make(2, 1, 1);
        archive.Keep(first);

        await _postgres.Server().StopAsync();
        try
        {
            Assert.Throws<IOException>(() => archive.Keep(second));
            Assert.Throws<IOException>(() => Find(archive, "IMAGE", (DicomTag.SOPInstanceUID, "")));
            Assert.Single(Files());
        }
        finally
        {
            await _postgres.Server().StartAsync();
        }

        Assert.Single(Find(archive, "IMAGE", (DicomTag.SOPInstanceUID, "")));
    }

    private async Task<Archive[]> OpenAsync(int count, DuplicatePolicy duplicates = DuplicatePolicy.Reject) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => Open(duplicates)))).WaitAsync(Patience);

    /// <summary>Has each node keep an instance.</summary>
    /// <returns>What has come of it, or the name of the exception.</returns>
    private static async Task<string[]> AtOnce(Archive[] nodes, Func<int, DicomDataSet> make)
    {
        using var start = new Barrier(nodes.Length);
        return await Task.WhenAll(nodes.Select((node, index) => Task.Factory.StartNew(
            () =>
            {
                using var instance = make(index);
                start.SignalAndWait(Patience);
                try
                {
                    return node.Keep(instance);
                }
                catch (InstanceException)
                {
                    return nameof(InstanceException);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).WaitAsync(Patience);
    }

    // Each file has a row, and each row a file.
    private void AssertIndexAndFilesAgree(Archive archive, int expected)
    {
        var rows = Find(archive, "IMAGE", (DicomTag.SOPInstanceUID, "")).Select(row => archive.PathOf(archive.Index.Find(row[0])!.Path));
        Assert.Equal(expected, Files().Length);
        Assert.Equal(Files().Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    private object? Execute(string sql)
    {
        using var source = Npgsql.NpgsqlDataSource.Create(_connection);
        using var connection = source.OpenConnection();
        return Scalar(connection, sql);
    }

    private static object? Scalar(Npgsql.NpgsqlConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
