using Dicom.Net.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Listeners as parts of a host.</summary>
public static class DicomHostingExtensions
{
    /// <summary>Adds the listener without a name.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets its options.</param>
    /// <returns>A builder for what it serves.</returns>
    public static DicomListenerBuilder AddDicomNet(this IServiceCollection services, Action<DicomListenerOptions> configure) =>
        services.AddDicomNet(Options.Options.DefaultName, configure);

    /// <summary>Adds a listener with a name, of which there may be several.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">Its name; each is added once.</param>
    /// <param name="configure">Sets its options.</param>
    /// <returns>A builder for what it serves.</returns>
    public static DicomListenerBuilder AddDicomNet(this IServiceCollection services, string name, Action<DicomListenerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = Add(services, name);
        services.Configure(name, configure);
        return builder;
    }

    /// <summary>Adds the listener without a name.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">Its options: see <see cref="DicomListenerOptions"/>. They are read when the host starts. A name that is none is an error, and
    /// so are a section that is not there and an option of another shape, a value where it is a list.</param>
    /// <returns>A builder for what it serves.</returns>
    public static DicomListenerBuilder AddDicomNet(this IServiceCollection services, IConfiguration section) =>
        services.AddDicomNet(Options.Options.DefaultName, section);

    /// <summary>Adds a listener with a name, of which there may be several.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">Its name; each is added once.</param>
    /// <param name="section">Its options: see <see cref="DicomListenerOptions"/>. They are read when the host starts. A name that is none is an error, and
    /// so are a section that is not there and an option of another shape, a value where it is a list.</param>
    /// <returns>A builder for what it serves.</returns>
    public static DicomListenerBuilder AddDicomNet(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var builder = Add(services, name);
        services.Configure<DicomListenerOptions>(name, section, static binder => binder.ErrorOnUnknownConfiguration = true);
        services.AddSingleton<IValidateOptions<DicomListenerOptions>>(new SectionShapeValidator(name, section));
        return builder;
    }

    /// <summary>Adds a health check for a listener: healthy while it listens; unhealthy from when the host begins to stop, and while it does not listen.</summary>
    /// <param name="checks">The health checks.</param>
    /// <param name="name">The listener's name; empty for the one without.</param>
    /// <param name="tags">Tags, to filter by.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddDicomNet(this IHealthChecksBuilder checks, string name = "", params string[] tags)
    {
        ArgumentNullException.ThrowIfNull(checks);
        return checks.Add(new HealthCheckRegistration(
            name.Length == 0 ? "dicom" : $"dicom-{name}",
            services => new DicomListenerHealthCheck(services.GetRequiredKeyedService<DicomListener>(name)),
            HealthStatus.Unhealthy,
            tags));
    }

    private static DicomListenerBuilder Add(IServiceCollection services, string name)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        if (services.Any(service => service.ServiceType == typeof(DicomListener) && service.ServiceKey is string other && other == name))
        {
            throw new InvalidOperationException($"There is a listener '{name}' already: give each a name of its own.");
        }

        var builder = new DicomListenerBuilder(services, name);
        services.AddOptions<DicomListenerOptions>(name).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DicomListenerOptions>, DicomListenerOptionsValidator>());
        services.TryAddScoped<AssociationOfScope>();
        services.TryAddScoped(static scope => scope.GetRequiredService<AssociationOfScope>().Context);
        services.AddKeyedSingleton(name, (provider, _) => new DicomListener(builder, provider));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<DicomListener>(name));
        if (name.Length == 0)
        {
            services.AddSingleton(static provider => provider.GetRequiredKeyedService<DicomListener>(""));
        }

        return builder;
    }
}
