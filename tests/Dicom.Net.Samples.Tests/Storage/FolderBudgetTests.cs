using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Samples.Tests.Storage;

/// <summary>When a folder has as much in it as may be, and when it is looked again.</summary>
public sealed class FolderBudgetTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Require_NoLimit_IsNeverRefused()
    {
        var budget = new FolderBudget(_folder.PathOf("that is not there"), maximum: 0, _time);

        budget.Add("nor this");
        budget.Require();
    }

    [Fact]
    public void Require_FilesThatAreThere_CountThoseOfFoldersWithinToo()
    {
        _folder.Folder.CreateSubdirectory("1.2");
        Write("1.2/a.dcm", 60);
        Write("b.dcm", 40);

        Assert.Throws<IOException>(() => new FolderBudget(_folder.Folder.FullName, maximum: 100, _time).Require());
        new FolderBudget(_folder.Folder.FullName, maximum: 101, _time).Require();
    }

    [Fact]
    public void Require_FilesThatComeAndGo_AreCountedAndCountedAgainAfterAMinute()
    {
        var budget = new FolderBudget(_folder.Folder.FullName, maximum: 100, _time);
        Write("a.dcm", 99);
        budget.Add(_folder.PathOf("a.dcm"));
        budget.Require();
        Write("b.dcm", 1);
        budget.Add(_folder.PathOf("b.dcm"));
        Assert.Throws<IOException>(budget.Require);

        File.Delete(_folder.PathOf("a.dcm"));
        Assert.Throws<IOException>(budget.Require);
        _time.Advance(TimeSpan.FromMinutes(1));
        budget.Require();
    }

    private void Write(string name, int bytes) => File.WriteAllBytes(_folder.PathOf(name), new byte[bytes]);
}
