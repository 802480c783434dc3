namespace Dicom.Net.Tests.Architecture;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Library { get; } = Path.Combine(Root, "src", "Dicom.Net");

    public static string Tests { get; } = Path.Combine(Root, "tests", "Dicom.Net.Tests");

    /// <summary>The C# files below a folder that a person wrote.</summary>
    public static IEnumerable<string> SourcesBelow(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => !IsBuilt(Path.GetRelativePath(folder, file)))
        : [];

    private static bool IsBuilt(string file) => file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dicom.Net.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Dicom.Net.sln lies above {AppContext.BaseDirectory}: run the tests inside the repository.");
    }
}
