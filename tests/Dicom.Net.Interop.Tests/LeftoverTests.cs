using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>What a killed program has left in the folder: the next start deletes it, and nothing else.</summary>
public sealed class LeftoverTests : IDisposable
{
    private static readonly DateTime Old = DateTime.UtcNow.AddHours(-2), Young = DateTime.UtcNow.AddMinutes(-10);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("StoreScp", "--out")]
    [InlineData("QueryRetrieveScp", "--archive")]
    public async Task Scp_StartsWithLeftovers_DeletesThemAndNothingElse(string sample, string option)
    {
        const string digits = "0123456789abcdef0123456789abcdef";
        var folder = _folder.Sub("kept");
        var study = _folder.Sub("kept/1.2.3");
        string[] gone = [Make(folder, $"dicomnet-{digits}.part", Old), Make(study, $".{digits}.dcm.tmp", Old)];
        string[] kept =
        [
            Make(folder, $"dicomnet-{digits[1..]}0.part", Young),
            Make(folder, "dicomnet-1.part", Old),
            Make(folder, $"{digits}.dcm.tmp", Old),
            Make(folder, "1.2.3.4.dcm.keep", Old),
        ];

        await using var scp = await Sample.StartScpAsync(sample, option, folder);

        Assert.All(gone, file => Assert.False(File.Exists(file), file));
        Assert.All(kept, file => Assert.True(File.Exists(file), file));
        await scp.StopAsync();
    }

    private static string Make(string folder, string name, DateTime written)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, "part");
        File.SetLastWriteTimeUtc(path, written);
        return path;
    }
}
