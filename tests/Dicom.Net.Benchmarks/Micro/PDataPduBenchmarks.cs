using BenchmarkDotNet.Attributes;
using Dicom.Net.Pdus;

namespace Dicom.Net.Benchmarks.Micro;

/// <summary>A P-DATA-TF with one PDV: read in place, and written with its fragment copied behind the headers.</summary>
[MemoryDiagnoser]
public class PDataPduBenchmarks
{
    private const int HeadersSize = PduWriter.PDataHeaderSize + PduWriter.PdvHeaderSize;

    private static readonly PduLimits Limits = new() { MaximumDataLength = 128 * 1024 };

    private byte[] _fragment = [];
    private byte[] _pdu = [];

    /// <summary>The length of the PDV list: DICOM's usual one, and the one that this library announces.</summary>
    [Params(16 * 1024, 128 * 1024)]
    public int Length { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _fragment = new byte[Length - PduWriter.PdvHeaderSize];
        _pdu = new byte[HeadersSize + _fragment.Length];
        Write();
    }

    [Benchmark]
    public int Read()
    {
        if (!PduHeader.TryRead(_pdu, out var header))
        {
            return 0;
        }

        PduReader.Check(header, Limits);
        var bytes = 0;
        foreach (var pdv in PduReader.ReadPData(_pdu.AsMemory(PduHeader.Size)))
        {
            bytes += pdv.Fragment.Length;
        }

        return bytes;
    }

    [Benchmark]
    public void Write()
    {
        PduWriter.WritePDataHeader(_pdu, PduWriter.PdvHeaderSize + _fragment.Length);
        PduWriter.WritePdvHeader(_pdu.AsSpan(PduWriter.PDataHeaderSize), _fragment.Length, contextId: 1, isCommand: false, isLast: true);
        _fragment.CopyTo(_pdu, HeadersSize);
    }
}
