using BenchmarkDotNet.Attributes;
using Dicom.Net.DataSets;

namespace Dicom.Net.Benchmarks.Micro;

/// <summary>A small identifier, as a C-FIND has it: opened and asked for a value; asked for one value of many; read to its end.</summary>
[MemoryDiagnoser]
public class DataSetBenchmarks
{
    private readonly byte[] _identifier = SampleMessages.Identifier();

    [Benchmark]
    public string? FirstValue() => Open().GetString(DicomTag.QueryRetrieveLevel);

    [Benchmark]
    public string? LastValue() => Open().GetString(DicomTag.StudyInstanceUID);

    [Benchmark]
    public int AllElements() => Open().Count;

    private DicomDataSet Open() =>
        new(EncodedDataSet.FromMemory(_identifier, DicomUids.ImplicitVRLittleEndian), meta: null);
}
