using FellowOakDicom.Network.Client;

namespace Hospital;

/// <summary>
/// How long fo-dicom's clients wait for a peer. They ask for the association again by themselves when five seconds have passed, which a busy
/// machine may take; the peer would have seen one request more than was made.
/// </summary>
internal static class Patience
{
    // Arbitrary: reached only by what hangs.
    private const int Milliseconds = 60_000;

    public static IDicomClient Of(IDicomClient client)
    {
        client.ClientOptions.AssociationRequestTimeoutInMs = Milliseconds;
        client.ClientOptions.AssociationReleaseTimeoutInMs = Milliseconds;
        return client;
    }
}
