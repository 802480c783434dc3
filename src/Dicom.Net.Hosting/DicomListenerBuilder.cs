using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dicom.Net.Hosting;

/// <summary>What a listener of the host serves: made by <see cref="DicomHostingExtensions"/>, and finished before the host is built.</summary>
public sealed class DicomListenerBuilder
{
    internal DicomListenerBuilder(IServiceCollection services, string name)
    {
        Services = services;
        Name = name;
    }

    /// <summary>The services of the host.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The listener's name; empty for the one without.</summary>
    public string Name { get; }

    internal DicomSupportedServices? Supported { get; private set; }

    internal List<Action<IServiceProvider, DicomHandlers, AssociationScopes>> Handlers { get; } = [];

    internal List<Func<IServiceProvider, DicomNetOptions, DicomNetOptions>> Network { get; } = [];

    /// <summary>Adds a handler. The container makes it, one in the scope of each association, unless it is registered otherwise already.</summary>
    /// <typeparam name="T">The handler, for each service whose interface this type implements.</typeparam>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This builder.</returns>
    /// <remarks>What it takes in its constructor comes from that scope, a <see cref="DicomAssociationContext"/> too.</remarks>
    public DicomListenerBuilder AddHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        params string[] sopClasses)
        where T : class, IDicomServiceHandler
    {
        Services.TryAddScoped<T>();
        Handlers.Add((_, handlers, scopes) =>
            handlers.AddUnowned(context => scopes.Of(context).GetRequiredService<T>(), sopClasses));
        return this;
    }

    /// <summary>Adds handlers that the container does not make: delegates, objects that exist already.</summary>
    /// <param name="add">Adds them, when the listener starts.</param>
    /// <returns>This builder.</returns>
    public DicomListenerBuilder AddHandlers(Action<IServiceProvider, DicomHandlers> add)
    {
        ArgumentNullException.ThrowIfNull(add);
        Handlers.Add((services, handlers, _) => add(services, handlers));
        return this;
    }

    /// <summary>States what associations are accepted with, where <see cref="DicomListenerOptions.SopClasses"/> does not.</summary>
    /// <param name="services">What is supported; Verification besides, where none of them supports it.</param>
    /// <returns>This builder.</returns>
    public DicomListenerBuilder Supports(DicomSupportedServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        Supported = services;
        return this;
    }

    /// <summary>Changes the network options that were made of the configuration: for TLS, limits and rules that it cannot state.</summary>
    /// <param name="change">
    /// Returns the options to use, when the listener starts. It gets those that configuration states, never without
    /// <see cref="DicomNetOptions.Admission"/>: add rules to that by <c>with</c>; a new one has none of the configured titles and networks.
    /// </param>
    /// <returns>This builder.</returns>
    public DicomListenerBuilder ConfigureNetwork(Func<IServiceProvider, DicomNetOptions, DicomNetOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Network.Add(change);
        return this;
    }
}
