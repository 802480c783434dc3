using System.Text;
using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Transport;
using FellowOakDicom;
using FellowOakDicom.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.FoDicom;

/// <summary>
/// A PDU layer that serves connections with a service class of fo-dicom's, as it is: one object of it for each association, which reads the request
/// and answers it, receives and responds.
/// </summary>
/// <remarks>
/// <para>Set it as <see cref="DicomNetOptions.PduLayer"/> of the object that listens. What <see cref="DicomNet"/> does for its own associations,
/// it does for these: see <see cref="GuardedPduLayer"/>. Events of requests are not raised: the service has them.</para>
/// <para>While a handler of the service runs, fo-dicom reads nothing, an abort neither: that is so wherever the service runs. A C-CANCEL,
/// which would make it close the connection, it does not see.</para>
/// </remarks>
public sealed class FoDicomPduLayer : GuardedPduLayer
{
    private static readonly Lazy<IServiceProvider> Defaults = new(() => new ServiceCollection().AddFellowOakDicom().BuildServiceProvider());

    private readonly ObjectFactory _create;
    private readonly IServiceProvider _services;
    private readonly FoDicomServiceOptions _options;
    private readonly ILogger _log;

    private FoDicomPduLayer(Type service, FoDicomServiceOptions options)
    {
        _create = ActivatorUtilities.CreateFactory(service, [typeof(INetworkStream), typeof(Encoding), typeof(ILogger)]);
        _options = options;
        _services = options.Services ?? Defaults.Value;

        // What every service needs: that it is missing is better said now than at the first association.
        _ = _services.GetRequiredService<DicomServiceDependencies>();
        _log = _services.GetRequiredService<ILoggerFactory>().CreateLogger(service);
    }

    /// <inheritdoc/>
    protected override bool TakesCancels => false;

    /// <summary>A layer of a service class.</summary>
    /// <typeparam name="TService">
    /// The class. Its constructor takes an <see cref="INetworkStream"/>, an <see cref="Encoding"/>, an <see cref="ILogger"/> and whatever
    /// <see cref="FoDicomServiceOptions.Services"/> has, as fo-dicom's server wants it.
    /// </typeparam>
    /// <param name="options">What fo-dicom's server would have been given; null for the defaults.</param>
    /// <returns>The layer, for any number of listeners.</returns>
    /// <exception cref="InvalidOperationException">The class has no such constructor, or the services lack fo-dicom's (AddFellowOakDicom).</exception>
    public static FoDicomPduLayer For<TService>(FoDicomServiceOptions? options = null)
        where TService : DicomService, IDicomServiceProvider => new(typeof(TService), options ?? new());

    /// <inheritdoc/>
    protected override async Task ServeAsync(PduConnection connection, AAssociateRq request)
    {
        var scope = _services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            using var service = (DicomService)_create(scope.ServiceProvider, [new FoDicomNetworkStream(connection), _options.FallbackEncoding, _log]);
            service.UserState = _options.UserState;
            service.Options = _options.Service ?? service.Options;
            await service.RunAsync().ConfigureAwait(false);
        }
    }
}
