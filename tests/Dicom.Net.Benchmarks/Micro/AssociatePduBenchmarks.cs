using System.Buffers;
using BenchmarkDotNet.Attributes;
using Dicom.Net.Pdus;

namespace Dicom.Net.Benchmarks.Micro;

/// <summary>An A-ASSOCIATE-RQ as a modality sends it: a handful of contexts or, as some do, all there can be.</summary>
[MemoryDiagnoser]
public class AssociatePduBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private AAssociateRq _request = new();
    private byte[] _body = [];

    [Params(8, 128)]
    public int Contexts { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _request = SampleMessages.AssociateRequest(Contexts);
        PduWriter.Write(_request, _output);
        _body = _output.WrittenSpan[PduHeader.Size..].ToArray();
    }

    [Benchmark]
    public object Read() => PduReader.ReadAssociateRq(_body, PduLimits.Default);

    [Benchmark]
    public int Write()
    {
        _output.ResetWrittenCount();
        PduWriter.Write(_request, _output);
        return _output.WrittenCount;
    }
}
