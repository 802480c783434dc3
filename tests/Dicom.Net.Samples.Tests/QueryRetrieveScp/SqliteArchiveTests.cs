using Dicom.Net.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

public sealed class SqliteArchiveTests() : ArchiveTests(postgres: null)
{
    [Fact]
    public void Keep_IndexCannotTakeIt_LeavesNeitherFileNorFolder()
    {
        using var archive = Open();
        using var instance = TestInstance.Make(1, 1, 1);
        Execute("DROP TABLE Instance");

        Assert.Throws<IOException>(() => archive.Keep(instance));

        Assert.Empty(Files());
        Assert.Empty(Directory.GetDirectories(Folder.Folder.FullName));
    }

    [Fact]
    public async Task Keep_IndexNeitherHasItNorTakesIt_IsRefusedAndLeavesNothing()
    {
        using var archive = Open();
        using var instance = TestInstance.Make(1, 1, 1);
        Execute("CREATE TRIGGER Never BEFORE INSERT ON Instance BEGIN SELECT RAISE(IGNORE); END");

        await Assert.ThrowsAsync<IOException>(() => Task.Run(() => archive.Keep(instance)).WithTimeout());

        Assert.Empty(Files());
    }

    [Fact]
    public void Open_AnotherProgramHasTheArchive_IsRefusedAndLeavesItAlone()
    {
        using (var archive = Open())
        {
            // As while the index is made: it has no version yet.
            Execute("PRAGMA user_version = 0");

            Assert.Contains("another program", Assert.Throws<IOException>(() => Open()).Message, StringComparison.Ordinal);

            using var instance = TestInstance.Make(1, 1, 1);
            archive.Keep(instance);
            Execute("PRAGMA user_version = 1");
        }

        using var reopened = Open();

        Assert.NotNull(reopened.Index.Find("1.2.1.1.1"));
    }

    [Fact]
    public void Open_IndexIsGone_IsMadeOfTheFiles()
    {
        using (var archive = Open())
        {
            for (var number = 1; number <= 3; number++)
            {
                using var instance = TestInstance.Make(1, 1, number);
                archive.Keep(instance);
            }
        }

        Array.ForEach(Directory.GetFiles(Folder.Folder.FullName, "index.db*"), File.Delete);
        using var reopened = Open();

        Assert.Equal(3, Find(reopened, "IMAGE", (DicomTag.SOPInstanceUID, "")).Count);
    }

    [Fact]
    public void Open_IndexIsMadeOfTheFiles_IsOnTheDiskBeforeItCountsAsWhole()
    {
        using (var instance = TestInstance.Make(1, 1, 1))
        {
            instance.Save(Folder.PathOf("1.dcm"), flushToDisk: false);
        }

        using var archive = Open();

        // Without the log, in which the version is: as it was when that was written.
        File.Copy(Folder.PathOf("index.db"), Folder.PathOf("copy.db"));
        Assert.Equal((0L, 1L), (Execute("PRAGMA user_version", "copy.db"), Execute("SELECT COUNT(*) FROM Instance", "copy.db")));
        Assert.Equal(1L, Execute("PRAGMA user_version"));
    }

    [Fact]
    public void Open_IndexIsDamaged_SaysWhatToDo()
    {
        File.WriteAllText(Folder.PathOf("index.db"), new string('x', 5000));

        var error = Assert.Throws<IOException>(() => Open());

        Assert.Contains("delete it", error.Message, StringComparison.Ordinal);
    }

    private object? Execute(string sql, string file = "index.db")
    {
        using var connection = new SqliteConnection($"Data Source={Folder.PathOf(file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
