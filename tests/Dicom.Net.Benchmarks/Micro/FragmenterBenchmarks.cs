using BenchmarkDotNet.Attributes;
using Dicom.Net.Dimse;

namespace Dicom.Net.Benchmarks.Micro;

/// <summary>A message becomes PDUs: one C-STORE-RQ with 512 KiB of data set, for peers with several maximum lengths.</summary>
[MemoryDiagnoser]
public class FragmenterBenchmarks
{
    // Room for one PDU of the largest useful length with its headers, as the sender has it.
    private readonly byte[] _output = new byte[128 * 1024 + 64];
    private readonly byte[] _dataSet = new byte[512 * 1024];

    [Params(16 * 1024, 128 * 1024)]
    public int MaximumLength { get; set; }

    [Benchmark]
    public long Fragment()
    {
        using var source = new MemoryDataSetSource(_dataSet);
        var fragmenter = new DimseFragmenter(1, SampleMessages.StoreRequest, source, (uint)MaximumLength);
        while (!fragmenter.IsComplete)
        {
            fragmenter.Fill(_output);
        }

        return fragmenter.BytesSent;
    }
}
