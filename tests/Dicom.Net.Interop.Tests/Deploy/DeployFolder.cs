namespace Dicom.Net.Interop.Tests.Deploy;

/// <summary>The files that operators begin with.</summary>
internal static class DeployFolder
{
    /// <summary>The path of one, from where the build has put the tests: …/bin/CONFIGURATION/FRAMEWORK/.</summary>
    public static string PathOf(params string[] names) =>
        Path.Combine([new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.Parent!.FullName, "deploy", .. names]);
}
