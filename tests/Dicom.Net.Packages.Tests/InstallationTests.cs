using Dicom.Net.Packages.Tests.Support;
using Dicom.Net.Tests.Architecture;

namespace Dicom.Net.Packages.Tests;

/// <summary>Who follows the pages gets a program that works: a new project outside the repository, with the package as it was made.</summary>
public sealed class InstallationTests(PackedPackages packed)
{
    [Fact]
    public async Task Page_FollowedInANewProject_YieldsAnScpAndAnScuThatEchoAndStore()
    {
        var folder = packed.Workplace.PathOf("FirstSteps");
        await Command.DotNetAsync(packed.Workplace.PathOf(""), "new", "console", "--output", "FirstSteps", "--no-restore", "--no-update-check");
        await Command.DotNetAsync(folder, "add", "package", "Dicom.Net");
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Program(), TestContext.Current.CancellationToken);
        await Command.DotNetAsync(folder, "build", "-c", "Release", "--no-restore", "-o", "built");
        var (sent, received) = (packed.Workplace.Sub("sent"), packed.Workplace.Sub("received"));
        using var instance = TestInstance.SavedIn(sent);

        await using var scp = Command.Start(folder, "built/FirstSteps.dll", "scp", received);
        var port = (await scp.LineAsync(line => line.StartsWith("Listening on port ", StringComparison.Ordinal))).Split(' ')[^1];
        await using var scu = Command.Start(folder, "built/FirstSteps.dll", "scu", port, sent);
        await scu.ExitAsync(expected: 0);

        Assert.Equal(["Success", "Success"], scu.Lines[..2]);
        Assert.EndsWith(": stored", Assert.Single(scu.Lines[2..]), StringComparison.Ordinal);
        using var kept = DicomDataSet.Load(Assert.Single(Directory.GetFiles(received)));
        Assert.True(kept.HasSameBytes(instance));
    }

    [Fact]
    public async Task Tool_InstalledFromItsPackage_Echoes()
    {
        Assert.SkipUnless(PackedPackages.Names.Contains("Dicom.Net.Tool"), "there is no tool to install");
        var folder = packed.Workplace.Sub("tool");
        await Command.DotNetAsync(folder, "tool", "install", "Dicom.Net.Tool", "--tool-path", folder);
        using var scp = new DicomNet(null, DicomNetSecurityMode.None);
        scp.AssociateRequestReceived += (_, e) => e.Accept(DicomUids.Verification);
        scp.Listen("127.0.0.1", 0, 128).ThrowIfFailed();

        await Command.RunAsync(folder, Path.Combine(folder, "dicomnet"), "echo", "127.0.0.1", $"{scp.HostPort}");
    }

    /// <summary>The snippets of the repository's README and of the package's, and about them what a reader has to add.</summary>
    private string Program()
    {
        using var package = packed.Open("Dicom.Net");
        var page = package.Text("README.md");
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");
        return $$"""
            using Dicom.Net;

            if (args[0] == "scp")
            {
                Listen(args[1], port: 0);
                await Task.Delay(Timeout.Infinite);
            }
            else
            {
                Console.WriteLine(await EchoAsync("127.0.0.1", int.Parse(args[1])));
                Console.WriteLine(await AwaitEchoAsync("127.0.0.1", int.Parse(args[1])));
                await SendAsync("127.0.0.1", int.Parse(args[1]), args[2], CancellationToken.None);
            }

            static void Listen(string folder, int port)
            {
                {{Snippet.Of(readme, "TenLineScp")}}
            }

            static async Task<DicomCommandStatusType?> EchoAsync(string host, int port)
            {
                DicomCommandStatusType? answer = null;
                {{Snippet.Of(readme, "TenLineScu")}}
                return answer;
            }

            static async Task<DicomCommandStatusType> AwaitEchoAsync(string host, int port)
            {
                {{Snippet.Of(page, "AwaitedScu")}}
                return answer.Status;
            }

            static async Task SendAsync(string host, int port, string folder, CancellationToken cancellationToken)
            {
                {{Snippet.Of(page, "ScuTasks")}}
            }
            """;
    }
}
