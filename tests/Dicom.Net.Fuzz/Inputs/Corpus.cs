namespace Dicom.Net.Fuzz.Inputs;

/// <summary>What is kept to be damaged: the inputs in the folder Corpus, and the sample files where DICOMNET_SAMPLES says there are some.</summary>
internal sealed class Corpus
{
    /// <summary>Of a large sample the beginning does: there the headers are (arbitrary).</summary>
    private const int LongestSample = 16 * 1024;

    private readonly Dictionary<string, byte[][]> _kinds;

    private Corpus(Dictionary<string, byte[][]> kinds) => _kinds = kinds;

    /// <summary>The kinds of input that the folder has.</summary>
    public static string[] Kinds { get; } = ["pdu", "command", "dataset", "file", "conversation", "proxy"];

    public static Corpus Shared { get; } = Load();

    /// <summary>All of one kind.</summary>
    public ReadOnlySpan<byte[]> Of(string kind) => _kinds[kind];

    private static Corpus Load()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Corpus");
        return new(Kinds.ToDictionary(kind => kind, kind => Read(Path.Combine(folder, kind)).Concat(Samples(kind)).ToArray()));
    }

    private static IEnumerable<byte[]> Read(string folder) => Directory.Exists(folder)
        ? Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
        : [];

    private static IEnumerable<byte[]> Samples(string kind) =>
        kind == "file" && Environment.GetEnvironmentVariable("DICOMNET_SAMPLES") is { Length: > 0 } samples
            ? Directory.GetFiles(samples).Order(StringComparer.Ordinal).Select(Beginning)
            : [];

    private static byte[] Beginning(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[Math.Min(LongestSample, file.Length)];
        file.ReadExactly(bytes);
        return bytes;
    }
}
