using System.Diagnostics.Metrics;

namespace Dicom.Net.Diagnostics;

/// <summary>The instruments that tell what stands and what waits: each collection walks the connections.</summary>
internal static class StandingInstruments
{
    private static readonly KeyValuePair<string, object?> Requestor = new(TelemetryTag.PartInAssociation, TelemetryTag.Requestor);
    private static readonly KeyValuePair<string, object?> Acceptor = new(TelemetryTag.PartInAssociation, TelemetryTag.Acceptor);
    private static readonly KeyValuePair<string, object?> Invoker = new(TelemetryTag.PartInOperation, TelemetryTag.Invoker);
    private static readonly KeyValuePair<string, object?> Performer = new(TelemetryTag.PartInOperation, TelemetryTag.Performer);

    public static void AddTo(Meter meter, OpenConnections open)
    {
        meter.CreateObservableUpDownCounter(
            "dicom.connection.open", () => CountByRole(open, static _ => true), "{connection}",
            "Connections that stand, with an association or without.");
        meter.CreateObservableUpDownCounter(
            "dicom.association.open", () => CountByRole(open, static connection => connection.IsOpen), "{association}",
            "Associations that stand.");
        meter.CreateObservableUpDownCounter(
            "dicom.operation.active", () => ActiveOperations(open), "{operation}", "DIMSE operations that wait for their final response.");
        meter.CreateObservableUpDownCounter(
            "dicom.operation.waiting", () => Sum(open).Waiting, "{operation}",
            "Requests of this side that wait for their turn in the asynchronous operations window.");
        meter.CreateObservableUpDownCounter(
            "dicom.callback.waiting", () => Sum(open).Callbacks, "{callback}", "What was received and waits for its callback.");
        meter.CreateObservableUpDownCounter(
            "dicom.message.unsent", () => Sum(open).Unsent, "{message}", "Messages and PDUs that wait to be sent.");
    }

    private static Measurement<int>[] CountByRole(OpenConnections open, Func<AssociationTelemetry, bool> counts)
    {
        var (requestors, acceptors) = (0, 0);
        foreach (var connection in open.Snapshot())
        {
            var one = counts(connection) ? 1 : 0;
            requestors += connection.IsAcceptor ? 0 : one;
            acceptors += connection.IsAcceptor ? one : 0;
        }

        return [new(requestors, Requestor), new(acceptors, Acceptor)];
    }

    private static Measurement<int>[] ActiveOperations(OpenConnections open)
    {
        var sum = Sum(open);
        return [new(sum.Invoking, Invoker), new(sum.Performing, Performer)];
    }

    private static QueueLengths Sum(OpenConnections open)
    {
        var sum = default(QueueLengths);
        foreach (var connection in open.Snapshot())
        {
            connection.AddTo(ref sum);
        }

        return sum;
    }
}
