using System.Net.Sockets;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>What a test needs of the machine. Without it the test is skipped, or fails where DICOMNET_REQUIRE_PEERS is 1.</summary>
internal static class Require
{
    /// <summary>Finds a tool of DCMTK.</summary>
    public static string Dcmtk(string tool) => InPath(tool) ?? Missing($"dcmtk is not installed: there is no {tool} in the path");

    /// <summary>Finds OpenSSL's tool.</summary>
    public static string OpenSsl() => InPath("openssl") ?? Missing("there is no openssl in the path");

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

    private static string? InPath(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);

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
