using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Dicom.Net.Hosting;

/// <summary>One scope of services for each association that needs one, as long as it lasts.</summary>
internal sealed class AssociationScopes(IServiceScopeFactory factory)
{
    private readonly ConditionalWeakTable<DicomAssociationContext, Scope> _scopes = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource? _emptied;
    private int _open;

    /// <summary>The services of an association.</summary>
    public IServiceProvider Of(DicomAssociationContext context)
    {
        lock (_gate)
        {
            if (!_scopes.TryGetValue(context, out var scope))
            {
                scope = Open(context);
            }

            return scope.Services;
        }
    }

    /// <summary>Completes when the scopes that are open now have been disposed of.</summary>
    public Task WhenEmpty()
    {
        lock (_gate)
        {
            return _open == 0
                ? Task.CompletedTask
                : (_emptied ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private Scope Open(DicomAssociationContext context)
    {
        var scope = new Scope(this, factory.CreateAsyncScope());
        _scopes.Add(context, scope);
        scope.Services.GetRequiredService<AssociationOfScope>().Context = context;
        context.RegisterForDispose(scope);
        _open++;
        return scope;
    }

    private void Closed()
    {
        lock (_gate)
        {
            if (--_open == 0)
            {
                _emptied?.TrySetResult();
                _emptied = null;
            }
        }
    }

    private sealed class Scope(AssociationScopes scopes, AsyncServiceScope scope) : IAsyncDisposable
    {
        public IServiceProvider Services => scope.ServiceProvider;

        public async ValueTask DisposeAsync()
        {
            try
            {
                await scope.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                scopes.Closed();
            }
        }
    }
}
