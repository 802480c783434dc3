namespace Dicom.Net.Soak.Servers;

/// <summary>What is run as processes.</summary>
internal static class Programs
{
    /// <summary>The host that runs this program, or else the one in the path.</summary>
    public static string Dotnet =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    /// <summary>This program.</summary>
    public static string Self => typeof(Programs).Assembly.Location;

    /// <summary>The folder that everything is in, from where the build has put this program: …/bin/CONFIGURATION/FRAMEWORK/.</summary>
    public static string Root => Output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>The configuration of the build.</summary>
    public static string Configuration => Output.Parent!.Name;

    /// <summary>A sample, from where the build has put it.</summary>
    public static string Sample(string name) => Path.Combine(Root, "samples", name, "bin", Configuration, Output.Name, $"{name}.dll");

    private static DirectoryInfo Output { get; } = new(AppContext.BaseDirectory);
}
