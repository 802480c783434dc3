namespace Dicom.Net.Samples;

/// <summary>Says how far a C-MOVE or C-GET is, and what was not sent.</summary>
internal sealed class RetrieveReport : IProgress<DicomSubOperations>
{
    public void Report(DicomSubOperations value) => Console.WriteLine(Text(value));

    /// <summary>Says what came of it, and what the peer says of that.</summary>
    public static void Tell(DicomRetrieveResponse response)
    {
        foreach (var instance in response.FailedInstances)
        {
            Console.Error.WriteLine($"{Uri.EscapeDataString(instance)}: not sent");
        }

        Console.WriteLine($"{Text(response.SubOperations)}: {Words.Status(response.Status)}");
        if (response.Detail.ErrorComment is { Length: > 0 } comment)
        {
            Console.Error.WriteLine($"The peer says: {Words.Escape(comment)}");
        }
    }

    private static string Text(DicomSubOperations counts) =>
        $"{counts.Completed} sent, {counts.Failed} failed, {counts.Warning} with a warning, {counts.Remaining} remaining";
}
