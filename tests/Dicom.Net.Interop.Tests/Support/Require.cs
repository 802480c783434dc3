using System.Net.Sockets;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>What a test needs of the machine. Without it the test is skipped, or fails where DICOMNET_REQUIRE_PEERS is 1.</summary>
internal static class Require
{
    private const string JavaArchives = "/usr/share/java";

    // Package and archive: PixelMed's own, and those without which its network classes cannot be loaded.
    private static readonly (string Package, string Archive)[] PixelMedArchives =
    [
        ("libpixelmed-java", "pixelmed.jar"), ("libcommons-codec-java", "commons-codec.jar"), ("libhsqldb-java", "hsqldb.jar"),
        ("libvecmath-java", "vecmath.jar"), ("libjmdns-java", "jmdns.jar"),
    ];

    /// <summary>Finds a tool of DCMTK.</summary>
    public static string Dcmtk(string tool) => Tool("dcmtk", tool);

    /// <summary>Finds a program that a package has.</summary>
    public static string Tool(string package, string tool)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists)
            ?? Missing($"{package} is not installed: there is no {tool} in the path");
    }

    /// <summary>Finds what Java needs to run PixelMed's classes.</summary>
    public static string PixelMedClassPath()
    {
        foreach (var (package, archive) in PixelMedArchives)
        {
            if (!File.Exists(Path.Combine(JavaArchives, archive)))
            {
                Missing($"{package} is not installed: there is no {archive} in {JavaArchives}");
            }
        }

        return string.Join(Path.PathSeparator, PixelMedArchives.Select(each => Path.Combine(JavaArchives, each.Archive)));
    }

    /// <summary>Finds the folder where Node.js finds dcmjs-dimse.</summary>
    public static string NodeModules()
    {
        var folder = Environment.GetEnvironmentVariable("DICOMNET_NODE_MODULES");
        return Directory.Exists(Path.Combine(folder ?? "", "dcmjs-dimse"))
            ? folder!
            : Missing($"dcmjs-dimse is not installed: DICOMNET_NODE_MODULES is '{folder}', where npm has not put it (see .ci/peers)");
    }

    /// <summary>Finds the folder of real DICOM files.</summary>
    public static string Samples()
    {
        var folder = Environment.GetEnvironmentVariable("DICOMNET_SAMPLES");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "the environment variable DICOMNET_SAMPLES names no folder of DICOM files");
        return folder!;
    }

    public static void IPv6() => Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");

    public static void Unix() => Assert.SkipWhen(OperatingSystem.IsWindows(), "this test speaks to a Unix shell");

    /// <summary>Finds the shell that can limit the handles of a process.</summary>
    public static string Bash()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "handles are counted on Linux alone");
        const string bash = "/bin/bash";
        return File.Exists(bash) ? bash : Missing($"there is no {bash} to limit the handles of a process with");
    }

    private static string Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("DICOMNET_REQUIRE_PEERS") == "1")
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
        return "";
    }
}
