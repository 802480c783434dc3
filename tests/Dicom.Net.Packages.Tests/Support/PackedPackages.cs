using Dicom.Net.Packages.Tests.Support;
using Dicom.Net.Tests.Architecture;

[assembly: AssemblyFixture(typeof(PackedPackages))]

namespace Dicom.Net.Packages.Tests.Support;

/// <summary>
/// All packages, made once for all tests: from a copy of the repository as it lies here, committed, with an origin that SourceLink knows. A clone
/// of the copy, elsewhere, is built besides, to compare.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    /// <summary>The origin of the copy: nobody is asked for it.</summary>
    public const string Origin = "https://github.com/example/Dicom.Net";

    // It depends on a package that not every source of packages has. Where it was not restored, its adapter was not built either.
    private const string Adapter = "Dicom.Net.FoDicom";
    private static readonly bool HasAdapter = Workplace.IsOnThisMachine("fo-dicom");

    private readonly Workplace _workplace = new();

    /// <summary>The packages by name: whatever lies in <c>src</c> and <c>templates</c>.</summary>
    public static IEnumerable<string> Names { get; } =
    [
        .. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).SelectMany(folder => Directory.GetFiles(folder, "*.csproj"))
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "templates"), "*.csproj"))
            .Select(project => Path.GetFileNameWithoutExtension(project))
            .Where(name => name != Adapter || HasAdapter),
    ];

    internal Workplace Workplace => _workplace;

    /// <summary>The commit that the packages were made of.</summary>
    public string Commit { get; private set; } = "";

    /// <summary>The version of all of them.</summary>
    public string Version { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        string[] without = HasAdapter ? [] : [$"-p:Without={Adapter}"];
        var first = _workplace.Sub("first");
        await CopyRepositoryAsync(first);
        Commit = await CommitAsync(first);
        await Command.DotNetAsync(first, ["pack", "src/packages.proj", "-o", _workplace.Packages, .. without]);
        Version = Path.GetFileNameWithoutExtension(Directory.GetFiles(_workplace.Packages, "Dicom.Net.Hosting.*.nupkg").Single())["Dicom.Net.Hosting.".Length..];
        await Command.GitAsync(first, "clone", "--quiet", first, _workplace.PathOf("second"));
        await Command.GitAsync(_workplace.PathOf("second"), "remote", "set-url", "origin", Origin);
        await Command.DotNetAsync(_workplace.PathOf("second"), ["build", "src/packages.proj", .. without]);
    }

    public ValueTask DisposeAsync()
    {
        _workplace.Dispose();
        return ValueTask.CompletedTask;
    }

    internal Package Open(string name, string extension = "nupkg") =>
        new(Path.Combine(_workplace.Packages, $"{name}.{Version}.{extension}"));

    /// <summary>What the clone's build made of a project: its own assembly.</summary>
    internal byte[] BuiltElsewhere(string name, string assembly) =>
        File.ReadAllBytes(Path.Combine(_workplace.PathOf("second"), "src", name, "bin", "Release", "net10.0", assembly));

    private static async Task CopyRepositoryAsync(string target)
    {
        // What is committed and what is about to be; what Git ignores is not part of a package.
        var files = await Command.GitAsync(Repository.Root, "-c", "core.quotePath=false", "ls-files", "--cached", "--others", "--exclude-standard");
        foreach (var file in files.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Repository.Root, file))))
        {
            var copy = Path.Combine(target, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Repository.Root, file), copy);
        }
    }

    private static async Task<string> CommitAsync(string folder)
    {
        await Command.GitAsync(folder, "init", "--quiet");
        await Command.GitAsync(folder, "remote", "add", "origin", Origin);
        await Command.GitAsync(folder, "add", "--all");
        await Command.GitAsync(folder, "commit", "--quiet", "--message", "What is packed");
        return (await Command.GitAsync(folder, "rev-parse", "HEAD")).Trim();
    }
}
