using BenchmarkDotNet.Attributes;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net.Benchmarks.Micro;

/// <summary>PDVs become a message: one C-STORE-RQ with 512 KiB of data set, in fragments of several lengths.</summary>
[MemoryDiagnoser]
public class AssemblerBenchmarks
{
    private const int DataSetLength = 512 * 1024;

    private readonly DimseAssembler _assembler = new(new());
    private PresentationDataValue[] _message = [];

    [Params(16 * 1024, 128 * 1024)]
    public int Fragment { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var fragments = new byte[DataSetLength].Chunk(Fragment).ToArray();
        _message =
        [
            new(1, IsCommand: true, IsLast: true, SampleMessages.StoreRequest),
            .. fragments.Select((bytes, i) => new PresentationDataValue(1, IsCommand: false, i == fragments.Length - 1, bytes)),
        ];
    }

    [Benchmark]
    public int Assemble()
    {
        var steps = 0;
        foreach (var pdv in _message)
        {
            steps += (int)_assembler.Add(pdv);
        }

        return steps;
    }
}
