using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dicom.Net.Hosting;

/// <summary>
/// A listener that the host starts and stops. To be had from the services: by itself for the one without a name, by its name as key for any.
/// </summary>
public sealed class DicomListener : IHostedService, IDisposable
{
    private readonly DicomListenerBuilder _builder;
    private readonly IServiceProvider _services;
    private readonly ILogger _log;
    private readonly AssociationScopes _scopes;
    private readonly IHostApplicationLifetime? _lifetime;
    private readonly Lock _gate = new();
    private DicomNet? _net;
    private DicomListenerOptions? _options;
    private Task _drained = Task.CompletedTask;
    private volatile DicomListenerState _state;

    internal DicomListener(DicomListenerBuilder builder, IServiceProvider services)
    {
        _builder = builder;
        _services = services;
        _log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Dicom.Net.Hosting");
        _lifetime = services.GetService<IHostApplicationLifetime>();
        _scopes = new(services.GetRequiredService<IServiceScopeFactory>());
    }

    /// <summary>Its name; empty for the one without.</summary>
    public string Name => _builder.Name;

    /// <summary>
    /// What it is doing; stopping as soon as the host is, whatever else the host stops first, and stopped where the application has closed
    /// <see cref="Net"/> itself.
    /// </summary>
    public DicomListenerState State => _state switch
    {
        DicomListenerState.Listening when _lifetime is { ApplicationStopping.IsCancellationRequested: true } => DicomListenerState.Stopping,
        DicomListenerState.Listening when _net is { LocalEndPoints.Count: 0 } => DicomListenerState.Stopped,
        var state => state,
    };

    /// <summary>The object that listens: its end points, its clients, its events.</summary>
    /// <exception cref="InvalidOperationException">The host has not started it.</exception>
    public DicomNet Net => _net ?? throw new InvalidOperationException("The listener has not been started: start the host first.");

    /// <summary>Begins to listen. The host calls it.</summary>
    /// <param name="cancellationToken">Without a meaning: this does not wait.</param>
    /// <exception cref="OptionsValidationException">An option is wrong.</exception>
    /// <exception cref="DicomException">It cannot listen, or a certificate cannot be read; the message says why, and what to do.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var options = _services.GetRequiredService<IOptionsMonitor<DicomListenerOptions>>().Get(Name);
        var network = NetworkOptions.Of(_builder, options, _services, _scopes);
        var mode = network.Tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls;
        var net = new DicomNet(options.Folder, mode, network);
        var result = options.Activated
            ? net.ListenActivated(options.SocketName, options.Backlog)
            : net.Listen(options.Host, options.Port, options.Backlog, options.IpType);
        if (!result.IsSuccess)
        {
            net.Dispose();
            throw new DicomException(result);
        }

        (_net, _options) = (net, options);
        _state = DicomListenerState.Listening;
        HostingLog.Listening(_log, Name, string.Join(", ", net.LocalEndPoints));
        foreach (var handler in SupportedServices.Unused(network))
        {
            HostingLog.HandlerUnused(_log, Name, handler.Name);
        }

        // Not only when StopAsync comes: the host stops one after the other, and the first may use up the time that all of them have together.
        _lifetime?.ApplicationStopping.Register(() => Drain());
        return Task.CompletedTask;
    }

    /// <summary>
    /// Goes on for <see cref="DicomListenerOptions.DrainDelay"/>, then lets the associations that stand go on until the host's deadline, and ends. The
    /// host calls it; all that begins when the host begins to stop, whatever else that stops first.
    /// </summary>
    /// <param name="cancellationToken">The deadline: when it is cancelled, associations that still stand are aborted.</param>
    /// <returns>A task that ends when the associations and the scopes of their handlers have; at the latest some seconds after the deadline.</returns>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_net is not { } net || _state == DicomListenerState.Stopped)
        {
            return;
        }

        try
        {
            await Drain().WaitAsync(cancellationToken).ConfigureAwait(false);
            await _scopes.WhenEmpty().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            HostingLog.Aborting(_log, Name, net.GetClientCount());
            await net.CloseAsync(TimeSpan.Zero).ConfigureAwait(false);
        }

        _state = DicomListenerState.Stopped;
    }

    /// <summary>Closes what is open.</summary>
    public void Dispose()
    {
        _state = DicomListenerState.Stopped;
        _net?.Dispose();
    }

    /// <summary>Begins to stop where that has not begun.</summary>
    /// <returns>A task that ends when the last association has, however late.</returns>
    private Task Drain()
    {
        lock (_gate)
        {
            if (_state == DicomListenerState.Listening && _net is { } net && _options is { } options)
            {
                _state = DicomListenerState.Stopping;
                HostingLog.Stopping(_log, Name, net.GetClientCount());
                _drained = net.CloseAsync(Timeout.InfiniteTimeSpan, options.RejectsWhileStopping, options.DrainDelay);
            }

            return _drained;
        }
    }
}
