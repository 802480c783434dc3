namespace Dicom.Net.Benchmarks.Sending;

/// <summary>The instances of some files, each loaded when it is its turn, or all of them in memory before.</summary>
internal sealed class InstanceSource
{
    private readonly string[] _files;
    private readonly DicomDataSet[]? _inMemory;

    public InstanceSource(string[] files, bool inMemory)
    {
        _files = files;
        _inMemory = inMemory ? [.. files.Select(ReadToMemory)] : null;
    }

    /// <summary>Lends an instance; from the first again after the last.</summary>
    public void Use(int index, Action<DicomDataSet> use)
    {
        if (_inMemory is not null)
        {
            use(_inMemory[index % _files.Length]);
            return;
        }

        using var dataSet = DicomDataSet.Load(_files[index % _files.Length]);
        use(dataSet);
    }

    // As an application makes one: element by element. It is encoded anew each time that it is sent.
    private static DicomDataSet ReadToMemory(string file)
    {
        using var loaded = DicomDataSet.Load(file);
        var dataSet = new DicomDataSet(loaded.TransferSyntax);
        foreach (var element in loaded)
        {
            dataSet.SetBytes(element.Tag, element.VR, loaded.GetBytes(element.Tag));
        }

        return dataSet;
    }
}
