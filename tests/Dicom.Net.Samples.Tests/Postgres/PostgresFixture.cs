namespace Dicom.Net.Tests.Postgres;

/// <summary>One server for all tests that want one; each has a schema of its own there.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;

    public async ValueTask InitializeAsync() =>
        _server = PostgresServer.Programs() is { } programs ? await PostgresServer.StartAsync(programs) : null;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The connection string of a schema that nobody else has; a busy machine may take long to connect.</summary>
    public string NewSchema() => $"{Server().Connection};Timeout=60;Command Timeout=120;Search Path=s{Guid.NewGuid():N}";

    /// <summary>The server, for tests that end it; without one the test is skipped, or fails where DICOMNET_REQUIRE_PEERS is 1.</summary>
    internal PostgresServer Server()
    {
        const string reason = "postgresql is not installed: there is no initdb below /usr/lib/postgresql";
        Assert.False(_server is null && Environment.GetEnvironmentVariable("DICOMNET_REQUIRE_PEERS") == "1", reason);
        Assert.SkipWhen(_server is null, reason);
        return _server!;
    }
}

/// <summary>Tests that share the server: one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
