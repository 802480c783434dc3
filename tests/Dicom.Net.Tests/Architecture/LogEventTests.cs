using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Tests.Architecture;

/// <summary>Who watches a log by the ids of its events must be able to rely on them.</summary>
public sealed class LogEventTests
{
    [Fact]
    public void Ids_OfAllEvents_AreOfOneEventEach()
    {
        var ids = typeof(DicomNet).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (method.Name, Event: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(method => method.Event is not null)
            .ToLookup(method => method.Event!.EventId, method => method.Name);

        Assert.True(ids.Count > 50, $"Only {ids.Count} events were found.");
        Assert.All(ids, sameId => Assert.Single(sameId));
    }
}
