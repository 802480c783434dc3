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

        SqliteConnection.ClearAllPools();
        Array.ForEach(Directory.GetFiles(Folder.Folder.FullName, "index.db*"), File.Delete);
        using var reopened = Open();

        Assert.Equal(3, Find(reopened, "IMAGE", (DicomTag.SOPInstanceUID, "")).Count);
    }

    [Fact]
    public void Open_IndexIsDamaged_SaysWhatToDo()
    {
        File.WriteAllText(Folder.PathOf("index.db"), new string('x', 5000));

        var error = Assert.Throws<IOException>(() => Open());

        Assert.Contains("delete it", error.Message, StringComparison.Ordinal);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Folder.PathOf("index.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
