using System.Text;
using Dicom.Net.Interop.Tests.Support;
using FellowOakDicom;
using FellowOakDicom.Network;
using Hospital;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.FoDicom.Tests;

/// <summary>How a service comes to be, and with what.</summary>
public sealed class FoDicomPduLayerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private Archive Archive => field ??= new(_folder.Sub("archive"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Service_WithADependencyOfItsOwn_GetsOneForEachAssociation()
    {
        var visits = new Visits();
        var services = new ServiceCollection().AddFellowOakDicom().AddSingleton(visits).AddScoped<Visit>().BuildServiceProvider();
        using var scp = Listening(FoDicomPduLayer.For<CountingService>(new() { Services = services, UserState = Archive }));

        Assert.Equal(DicomStatus.Success, await new FoScu(scp.HostPort).EchoAsync().WithTimeout());
        Assert.Equal(DicomStatus.Success, await new FoScu(scp.HostPort).EchoAsync().WithTimeout());

        await Timeouts.UntilAsync(() => visits.Ended == 2, "both scopes have ended");
        Assert.Equal(2, visits.Begun);
    }

    [Fact]
    public async Task ServiceOptions_OfFoDicoms_AreTheService()
    {
        var layer = FoDicomPduLayer.For<VerificationService>(new() { Service = new() { MaxPDULength = 20_000 }, UserState = Archive });
        using var scp = Listening(layer);
        var request = new DicomAssociationRequest("OURS", "ANY-SCP").With(DicomUids.Verification);

        await using var scu = await DicomAssociation.OpenAsync(
            "127.0.0.1", scp.HostPort, request, null, TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(20_000, (long)scu.Accepted.MaxLength);
    }

    [Fact]
    public void For_AClassThatNobodyCanMake_SaysSoAtOnce() =>
        Assert.Throws<InvalidOperationException>(() => FoDicomPduLayer.For<ServiceWithoutItsConstructor>());

    [Fact]
    public void For_ServicesWithoutFoDicoms_SaysSoAtOnce()
    {
        using var services = new ServiceCollection().AddLogging().BuildServiceProvider();

        Assert.Throws<InvalidOperationException>(() => FoDicomPduLayer.For<VerificationService>(new() { Services = services }));
    }

    private static DicomNet Listening(FoDicomPduLayer layer)
    {
        var scp = new DicomNet(null, DicomNetSecurityMode.None, new DicomNetOptions { PduLayer = layer });
        scp.Listen("127.0.0.1", 0, 128).ThrowIfFailed();
        return scp;
    }

    public sealed class CountingService(
        INetworkStream stream, Encoding fallbackEncoding, ILogger log, DicomServiceDependencies dependencies, Visit visit)
        : VerificationService(stream, fallbackEncoding, log, dependencies)
    {
        public Visit Visit { get; } = visit;
    }

    public sealed class ServiceWithoutItsConstructor(DicomServiceDependencies dependencies)
        : VerificationService(null!, Encoding.ASCII, null!, dependencies);

    public sealed class Visits
    {
        private int _begun;
        private int _ended;

        public int Begun => Volatile.Read(ref _begun);

        public int Ended => Volatile.Read(ref _ended);

        public void Begin() => Interlocked.Increment(ref _begun);

        public void End() => Interlocked.Increment(ref _ended);
    }

    public sealed class Visit : IDisposable
    {
        private readonly Visits _visits;

        public Visit(Visits visits)
        {
            _visits = visits;
            visits.Begin();
        }

        public void Dispose() => _visits.End();
    }
}
