using System.IO.Compression;
using System.Xml.Linq;

namespace Dicom.Net.Packages.Tests.Support;

/// <summary>What is in a package.</summary>
internal sealed class Package(string path) : IDisposable
{
    private readonly ZipArchive _archive = ZipFile.OpenRead(path);

    public string Name => Path.GetFileName(path);

    /// <summary>Its files, without those that only the container needs.</summary>
    public string[] Files =>
    [
        .. _archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)
            .Where(file => file != "[Content_Types].xml" && !file.StartsWith("_rels/", StringComparison.Ordinal)
                && !file.StartsWith("package/", StringComparison.Ordinal) && !file.EndsWith(".nuspec", StringComparison.Ordinal)),
    ];

    /// <summary>What it says of itself.</summary>
    public XElement Metadata
    {
        get
        {
            var nuspec = _archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
            using var stream = nuspec.Open();
            var metadata = XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
            foreach (var element in metadata.DescendantsAndSelf())
            {
                element.Name = element.Name.LocalName; // The namespace tells the nuspec's version, of which there are many.
            }

            return metadata;
        }
    }

    public byte[] Bytes(string file)
    {
        using var stream = (_archive.GetEntry(file) ?? throw new FileNotFoundException($"{Name} has no {file}.")).Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public string Text(string file) => System.Text.Encoding.UTF8.GetString(Bytes(file)).TrimStart('\uFEFF').ReplaceLineEndings("\n");

    public void Dispose() => _archive.Dispose();
}
