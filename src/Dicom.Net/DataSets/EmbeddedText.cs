namespace Dicom.Net.DataSets;

/// <summary>The text tables that lie beside this file and are embedded in the assembly.</summary>
internal static class EmbeddedText
{
    public static byte[] Read(string name)
    {
        using Stream stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(typeof(EmbeddedText), name)
            ?? throw new InvalidOperationException($"The assembly was built without its resource {name}.");
        byte[] text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }
}
