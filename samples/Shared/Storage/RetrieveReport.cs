namespace Dicom.Net.Samples;

/// <summary>Says how far a C-MOVE or C-GET is, and what was not sent.</summary>
internal static class RetrieveReport
{
    public static void Tell(RetrieveResponse response)
    {
        if (response.Status.IsPending())
        {
            Console.WriteLine(response);
            return;
        }

        foreach (var instance in response.FailedInstances)
        {
            Console.Error.WriteLine($"{Uri.EscapeDataString(instance)}: not sent");
        }

        Console.WriteLine($"{response}: {Words.Status(response.Status)}");
    }
}
