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
    [InlineData("WorklistScp", "--performed", "--worklist")]
    public async Task Scp_StartsWithLeftovers_DeletesThemAndNothingElse(string sample, params string[] folders)
    {
        var leftovers = new Leftovers(_folder.Sub("kept"), _folder.Sub("kept/1.2.3"));

        await using var scp = await Sample.StartScpAsync(sample, [.. folders.SelectMany(option => new[] { option, leftovers.Folder })]);

        leftovers.AssertGoneAndNothingElse();
        await scp.StopAsync();
    }

    [Fact]
    public async Task HostedScp_StartsWithLeftovers_DeletesThemAndNothingElse()
    {
        var leftovers = new Leftovers(_folder.Sub("kept"), _folder.Sub("kept/1.2.3"));

        await using var scp = Sample.Start(
            "HostedScp", "--Dicom:Host=127.0.0.1", "--Dicom:IpType=IPv4", "--Dicom:Port=0", $"--Store:Folder={leftovers.Folder}");
        await scp.LineAsync(line => line.Contains("listens on 127.0.0.1:", StringComparison.Ordinal));

        leftovers.AssertGoneAndNothingElse();
    }

    [Theory]
    [InlineData("GetScu")]
    [InlineData("MoveScu", "--receive", "0")]
    public async Task Scu_StartsWithLeftovers_DeletesThemAndNothingElse(string sample, params string[] options)
    {
        var leftovers = new Leftovers(_folder.Sub("kept"), _folder.Sub("kept/1.2.3"));

        // Nobody is there: what was left goes all the same.
        await using var scu = Sample.Start(sample, ["127.0.0.1", "1", "--ip", "4", "--out", leftovers.Folder, .. options]);
        await scu.ExitAsync(1);

        leftovers.AssertGoneAndNothingElse();
    }

    private sealed class Leftovers
    {
        private const string Digits = "0123456789abcdef0123456789abcdef";

        private readonly string[] _gone;
        private readonly string[] _kept;

        public Leftovers(string folder, string study)
        {
            Folder = folder;
            _gone = [Make(folder, $"dicomnet-{Digits}.part", Old), Make(study, $".{Digits}.dcm.tmp", Old)];
            _kept =
            [
                Make(folder, $"dicomnet-{Digits[1..]}0.part", Young),
                Make(folder, "dicomnet-1.part", Old),
                Make(folder, $"{Digits}.dcm.tmp", Old),
                Make(folder, "1.2.3.4.dcm.keep", Old),
            ];
        }

        public string Folder { get; }

        public void AssertGoneAndNothingElse()
        {
            Assert.All(_gone, file => Assert.False(File.Exists(file), file));
            Assert.All(_kept, file => Assert.True(File.Exists(file), file));
        }

        private static string Make(string folder, string name, DateTime written)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, "part");
            File.SetLastWriteTimeUtc(path, written);
            return path;
        }
    }
}
