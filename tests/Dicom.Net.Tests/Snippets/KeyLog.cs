namespace Dicom.Net.Tests.Snippets;

/// <summary>The snippet of docs/tracing.md on the keys of TLS. Not run here: it is for the whole process.</summary>
internal static class KeyLog
{
    public static void Begin()
    {
        AppContext.SetSwitch("System.Net.EnableSslKeyLogging", true);
        Environment.SetEnvironmentVariable("SSLKEYLOGFILE", "/run/keys.log");
    }
}
