using System.Globalization;
using System.Text.RegularExpressions;
using Dicom.Net.Interop.Tests.Support;
using Dicom.Net.Packages.Tests.Support;

namespace Dicom.Net.Packages.Tests;

/// <summary>What <c>dotnet new dicomscp</c> yields is an SCP: installed from the package, made, built against the packages, and run.</summary>
public sealed partial class TemplateTests(PackedPackages packed)
{
    [Fact]
    public async Task New_TheTemplate_YieldsAnScpThatEchoesStoresRefusesOnAFullDiskAndStops()
    {
        // A hyphen: the project's file has it, the namespace has not.
        var folder = await NewAsync("ward-scp", "--docker", "--port", "10411");
        var dockerfile = await TextAsync(folder, "Dockerfile");
        await Command.DotNetAsync(folder, PublishArguments(folder, dockerfile));
        using var instance = TestInstance.SavedIn(packed.Workplace.Sub("instance"));

        var program = EntryPoint().Match(dockerfile).Groups["program"].Value;
        await StoreAsync(folder, program, instance, DicomCommandStatusType.Success, "--Store:Reserve=0");
        await StoreAsync(folder, program, instance, DicomCommandStatusType.OutOfResources, $"--Store:Reserve={long.MaxValue}");

        using var kept = DicomDataSet.Load(Assert.Single(Directory.GetFiles(Path.Combine(folder, "received"))));
        Assert.True(kept.HasSameBytes(instance));
        Assert.Contains("\"Port\": 10411,", await TextAsync(folder, "appsettings.json"), StringComparison.Ordinal);
        Assert.Contains("EXPOSE 10411", dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_TheTemplateWithoutOptions_HasNoDockerfile()
    {
        var folder = await NewAsync("PlainScp", "--skipRestore");

        string[] expected = ["FolderStore.cs", "PlainScp.csproj", "Program.cs", "appsettings.json"];
        Assert.Equal(expected, Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains($"\"Dicom.Net.Hosting\" Version=\"{packed.Version}\"", await TextAsync(folder, "PlainScp.csproj"), StringComparison.Ordinal);
        Assert.Contains("\"Port\": 11112,", await TextAsync(folder, "appsettings.json"), StringComparison.Ordinal);
    }

    /// <summary>What the Dockerfile has <c>dotnet</c> do, in the project's folder, and for a folder in it.</summary>
    private static IEnumerable<string> PublishArguments(string folder, string dockerfile)
    {
        var project = Path.GetFileName(Assert.Single(Directory.GetFiles(folder, "*.csproj")));
        return Publish().Match(dockerfile).Groups["arguments"].Value.Split(' ').Select(argument => argument switch
        {
            "/program" => "program",
            "*.csproj" => project, // as the shell has it
            _ => argument,
        });
    }

    /// <summary>Starts the program, has it answer, and stops it.</summary>
    private static async Task StoreAsync(
        string folder, string program, DicomDataSet instance, DicomCommandStatusType expected, string setting)
    {
        await using var scp = Command.Start(folder, program, "--Dicom:Port=0", setting);
        var listening = await scp.LineAsync(line => Listening().IsMatch(line));
        var port = int.Parse(Listening().Match(listening).Groups["port"].Value, CultureInfo.InvariantCulture);

        await EchoAndStoreAsync(port, instance, expected);

        await scp.TerminateAsync();
        await scp.ExitAsync(expected: 0);
    }

    private static async Task EchoAndStoreAsync(int port, DicomDataSet instance, DicomCommandStatusType expected)
    {
        var request = new DicomAssociationRequest("SCU", "SCP").With(DicomUids.Verification).With(TestInstance.SopClass);
        await using var association = await DicomAssociation.OpenAsync("127.0.0.1", port, request).WithTimeout();

        Assert.Equal(DicomCommandStatusType.Success, (await association.EchoAsync().WithTimeout()).Status);
        Assert.Equal(expected, await StatusOfStoreAsync(association, instance));
        await association.ReleaseAsync().WithTimeout();
    }

    private static async Task<DicomCommandStatusType> StatusOfStoreAsync(DicomAssociation association, DicomDataSet instance)
    {
        try
        {
            return (await association.StoreAsync(instance).WithTimeout()).Status;
        }
        catch (DicomStatusException refused)
        {
            return refused.Status;
        }
    }

    /// <summary>Makes a project in a hive of its own, so that nothing is installed on this machine.</summary>
    private async Task<string> NewAsync(string name, params string[] options)
    {
        var (root, hive) = (packed.Workplace.PathOf(""), packed.Workplace.PathOf($"hive-{name}"));
        await Command.DotNetAsync(root, "new", "install", "Dicom.Net.Templates", "--debug:custom-hive", hive);
        await Command.DotNetAsync(root, ["new", "dicomscp", "--output", name, "--no-update-check", "--debug:custom-hive", hive, .. options]);
        return packed.Workplace.PathOf(name);
    }

    private static Task<string> TextAsync(string folder, string file) =>
        File.ReadAllTextAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken);

    [GeneratedRegex(@"^RUN dotnet (?<arguments>publish .*\S)", RegexOptions.Multiline)]
    private static partial Regex Publish();

    [GeneratedRegex(@"^ENTRYPOINT \[""dotnet"", ""/(?<program>program/\S+\.dll)""\]", RegexOptions.Multiline)]
    private static partial Regex EntryPoint();

    [GeneratedRegex(@"listens on .*?:(?<port>\d+)(,|$)")]
    private static partial Regex Listening();
}
