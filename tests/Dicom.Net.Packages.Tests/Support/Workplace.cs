using System.Reflection;
using System.Security;

namespace Dicom.Net.Packages.Tests.Support;

/// <summary>
/// A folder outside the repository where packages are made and installed. NuGet knows one source here, the packages just made, and takes what
/// they depend on from this machine's packages; what it installs stays here, so that no 0.x of today is taken for that of tomorrow.
/// </summary>
internal sealed class Workplace : IDisposable
{
    private static readonly string MachinePackages = typeof(Workplace).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "NuGetPackageRoot").Value!;

    private readonly string _root = Directory.CreateTempSubdirectory("dicomnet-packages-").FullName;

    public Workplace()
    {
        Packages = Sub("packages");
        File.WriteAllText(Path.Combine(_root, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="installed" />
              </config>
              <packageSources>
                <clear />
                <add key="packed" value="packages" />
              </packageSources>
              <packageSourceMapping>
                <clear />
              </packageSourceMapping>
              <fallbackPackageFolders>
                <clear />
                <add key="machine" value="{SecurityElement.Escape(MachinePackages)}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>The folder of the packages that were made.</summary>
    public string Packages { get; }

    /// <summary>Whether this machine has a package that is not ours.</summary>
    public static bool IsOnThisMachine(string package) => Directory.Exists(Path.Combine(MachinePackages, package));

    /// <summary>A folder within, which need not be there.</summary>
    public string PathOf(string name) => Path.Combine(_root, name);

    /// <summary>A folder within.</summary>
    public string Sub(string name) => Directory.CreateDirectory(PathOf(name)).FullName;

    /// <summary>Git's objects are read-only, which does not hinder here.</summary>
    public void Dispose() => Directory.Delete(_root, recursive: true);
}
