namespace Dicom.Net.Tests.Architecture;

/// <summary>
/// Whatever makes itself a folder to receive into deletes there what a killed process has left. That each program does so when it starts,
/// LeftoverTests try, but for those that are not built with the rest.
/// </summary>
public sealed class LeftoverDeletionTests
{
    private static readonly string[] MakingAFolder = ["DicomFolder.Create(", "new InstanceFolder("];

    private static readonly string Samples = Path.Combine(Repository.Root, "samples");

    public static TheoryData<string> Receivers => [.. Directory.GetDirectories(Samples).Select(folder => Path.GetFileName(folder)!).Where(Receives)];

    [Theory]
    [MemberData(nameof(Receivers))]
    public void Sample_MakesAFolderToReceiveInto_DeletesWhatAKilledProcessHasLeft(string name) =>
        Assert.Contains("Leftovers.Delete(", TextOf(name), StringComparison.Ordinal);

    // What is shared makes folders for others, who are found by its name.
    private static bool Receives(string name) =>
        name != "Shared" && MakingAFolder.Any(making => TextOf(name).Contains(making, StringComparison.Ordinal));

    private static string TextOf(string name) => string.Concat(Repository.SourcesBelow(Path.Combine(Samples, name)).Select(File.ReadAllText));
}
