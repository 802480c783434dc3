namespace Dicom.Net.Fuzz.Running;

/// <summary>The library did what it must not do.</summary>
/// <param name="message">What, and what it should have done.</param>
/// <param name="cause">The exception that it should not have thrown.</param>
internal sealed class FuzzFinding(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Says no where something does not hold.</summary>
    public static void Unless(bool holds, string message)
    {
        if (!holds)
        {
            throw new FuzzFinding(message);
        }
    }
}
