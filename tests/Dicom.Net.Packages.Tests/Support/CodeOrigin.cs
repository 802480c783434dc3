using System.Reflection.Metadata;
using System.Text;
using System.Text.Json;

namespace Dicom.Net.Packages.Tests.Support;

/// <summary>What symbols say about where the sources are.</summary>
/// <param name="Links">Paths, and where they are to be had (SourceLink).</param>
/// <param name="Files">The sources' paths, but for those that lie in the symbols themselves.</param>
internal sealed record CodeOrigin(IReadOnlyDictionary<string, string> Links, IReadOnlyList<string> Files)
{
    // The format of portable symbols names them: "SourceLink" and "Embedded Source".
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static CodeOrigin Of(byte[] symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbImage([.. symbols]);
        var reader = provider.GetMetadataReader();
        var links = InformationOf(reader, EntityHandle.ModuleDefinition, SourceLink).Select(Encoding.UTF8.GetString).Select(LinksOf).SingleOrDefault();
        var files = reader.Documents.Where(document => !InformationOf(reader, document, EmbeddedSource).Any())
            .Select(document => reader.GetString(reader.GetDocument(document).Name));
        return new(links ?? new Dictionary<string, string>(), [.. files]);
    }

    private static IEnumerable<byte[]> InformationOf(MetadataReader reader, EntityHandle parent, Guid kind) =>
        reader.GetCustomDebugInformation(parent).Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == kind)
            .Select(information => reader.GetBlobBytes(information.Value));

    private static Dictionary<string, string> LinksOf(string json) =>
        JsonDocument.Parse(json).RootElement.GetProperty("documents").Deserialize<Dictionary<string, string>>()!;
}
