using System.Diagnostics;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>The programs of PixelMed, a stack in Java.</summary>
internal static class PixelMed
{
    /// <summary>What it is called, and calls itself.</summary>
    public const string Title = "PIXELMED";

    /// <summary>Asks with a C-ECHO. The exit code is 0 whatever comes of it; the output tells.</summary>
    public static Task<RunningProcess> VerifyAsync(string port, string called) =>
        EndedAsync(RunningProcess.Start(Command("VerificationSOPClassSCU", "127.0.0.1", port, called, Title, "NONSECURE")));

    /// <summary>Sends files over one association, each as it is if the peer accepts that. The exit code is 0 whatever comes of it.</summary>
    public static Task<RunningProcess> StoreAsync(string port, string called, IEnumerable<string> files) =>

        // "-": the names of the files come from the standard input. "0": nothing is to be compressed.
        EndedAsync(RunningProcess.StartWithInput(Command("StorageSOPClassSCU", "127.0.0.1", port, called, Title, "-", "0"), files));

    /// <summary>How one of its network classes is run.</summary>
    public static ProcessStartInfo Command(string network, params IEnumerable<string> arguments) => new(
        Require.Tool("default-jre-headless", "java"),
        [

            // Starts in half the time: the compiler that takes long to warm up is left out, and nothing is kept for others to map.
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true", "-cp", Require.PixelMedClassPath(),
            $"com.pixelmed.network.{network}", .. arguments,
        ]);

    private static async Task<RunningProcess> EndedAsync(RunningProcess process)
    {
        await process.ExitAsync(0);
        return process;
    }
}
