using System.Buffers;
using BenchmarkDotNet.Attributes;
using Dicom.Net.Dimse;

namespace Dicom.Net.Benchmarks.Micro;

/// <summary>The command sets of C-ECHO and C-STORE: the request that a server reads, the response that it writes.</summary>
[MemoryDiagnoser]
public class CommandSetBenchmarks
{
    private static readonly DimseLimits Limits = new();
    private static readonly CommandSet EchoResponse = CommandSet.CEchoRsp(1, DicomUids.Verification, DicomCommandStatusType.Success);
    private static readonly CommandSet StoreResponse =
        CommandSet.CStoreRsp(1, DicomUids.CTImageStorage, SampleMessages.InstanceUid, DicomCommandStatusType.Success);

    private readonly byte[] _echoRequest = SampleMessages.EchoRequest.ToArray();
    private readonly byte[] _storeRequest = SampleMessages.StoreRequest.ToArray();
    private readonly ArrayBufferWriter<byte> _output = new(1024);

    [Benchmark]
    public object ReadCEcho() => CommandSet.Read(_echoRequest, Limits);

    [Benchmark]
    public object ReadCStore() => CommandSet.Read(_storeRequest, Limits);

    [Benchmark]
    public int WriteCEcho() => Write(EchoResponse);

    [Benchmark]
    public int WriteCStore() => Write(StoreResponse);

    private int Write(CommandSet command)
    {
        _output.ResetWrittenCount();
        command.Write(_output);
        return _output.WrittenCount;
    }
}
