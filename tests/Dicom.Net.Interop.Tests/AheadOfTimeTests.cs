using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>
/// HostedScp as native code, without a runtime: it is published as anybody would do it, and DCMTK speaks to what has come of it.
/// </summary>
[Collection(nameof(TakesTheWholeMachine))]
public sealed class AheadOfTimeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task HostedScp_AsNativeCode_EchoesAndStoresWithoutAWarningOfTheCompiler()
    {
        var program = await PublishAsync();
        await using var scp = RunningProcess.Start(
            program, "--Dicom:Host=127.0.0.1", "--Dicom:IpType=IPv4", "--Dicom:Port=0", $"--Store:Folder={_folder.Sub("kept")}");
        var line = await scp.LineAsync(line => line.Contains("listens on 127.0.0.1:", StringComparison.Ordinal));
        var port = line[(line.LastIndexOf(':') + 1)..];
        var file = Part10.Make(_folder.PathOf("a.in.dcm"), "1.2.3");

        await using var echoscu = await Dcmtk.RunAsync(0, "echoscu", "127.0.0.1", port);
        await using var storescu = await Dcmtk.RunAsync(0, "storescu", "127.0.0.1", port, file);

        Part10.AssertSameDataSets([file], Directory.GetFiles(_folder.PathOf("kept")));
        await scp.TerminateAsync();
        await scp.ExitAsync(0);
    }

    /// <returns>The program.</returns>
    private async Task<string> PublishAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the program is published for Linux");
        var gcc = Require.Tool("gcc", "gcc");

        // Apart from what the build has made: that is of another kind, and other tests use it meanwhile. Analyzers and style have had their say
        // in that build.
        await using var publish = RunningProcess.Start(
            "dotnet", "publish", Sample.ProjectOf("HostedScp"), "-c", "Release", "--use-current-runtime", "-p:PublishAot=true",
            $"-p:CppCompilerAndLinker={gcc}", "--artifacts-path", _folder.Sub("artifacts"), "-o", _folder.Sub("out"),
            "-p:NuGetAudit=false", "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false", "--disable-build-servers");
        var code = await publish.ExitAsync(Timeouts.OfABuild);
        Assert.SkipWhen(
            Array.Exists(publish.Lines, line => line.Contains("error NU", StringComparison.Ordinal)),
            "the compiler, the package runtime.….Microsoft.DotNet.ILCompiler, does not restore here");
        Assert.True(code == 0, publish.Output);

        // Of trimming and of ahead-of-time compilation: IL2026, IL3050 and their like.
        Assert.DoesNotContain(publish.Lines, line => line.Contains("warning IL", StringComparison.Ordinal));
        return Path.Combine(_folder.PathOf("out"), "HostedScp");
    }
}
