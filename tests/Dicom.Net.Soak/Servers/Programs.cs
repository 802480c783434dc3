namespace Dicom.Net.Soak.Servers;

/// <summary>What is run as processes.</summary>
internal static class Programs
{
    /// <summary>The host that runs this program, or else the one in the path.</summary>
    public static string Dotnet =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    /// <summary>This program.</summary>
    public static string Self => typeof(Programs).Assembly.Location;

    /// <summary>A sample, from where the build has put it: …/bin/CONFIGURATION/FRAMEWORK/.</summary>
    public static string Sample(string name)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "samples", name, "bin", output.Parent.Name, output.Name, $"{name}.dll");
    }
}
