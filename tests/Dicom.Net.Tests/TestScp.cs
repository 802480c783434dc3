namespace Dicom.Net.Tests;

/// <summary>Listeners on 127.0.0.1 at a port of their own.</summary>
internal static class TestScp
{
    /// <summary>A listener that the test furnishes, listening.</summary>
    public static T Listening<T>(T listener)
        where T : DicomNet
    {
        listener.Listen("127.0.0.1", 0, 128).ThrowIfFailed();
        return listener;
    }

    /// <summary>A listener that accepts every association for everything; its other questions are for the test to answer.</summary>
    public static DicomNet AcceptingAll(DicomNetOptions? options = null, string? path = null)
    {
        var listener = new DicomNet(path, DicomNetSecurityMode.None, options ?? new());
        listener.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAcceptAll());
        return Listening(listener);
    }

    /// <summary>
    /// A listener in LDicomNet's style: its OnAccept makes a client object and accepts the connection for it, and the client accepts every
    /// association.
    /// </summary>
    public static RecordingNet InTheOldStyle(Action<RecordingNet> furnish, DicomNetOptions? options = null)
    {
        var listener = new RecordingNet(options);
        listener.Override("OnAccept", _ =>
        {
            var client = new RecordingNet(options);
            client.Override("OnReceiveAssociateRequest", call =>
                client.SendAssociateAccept(((DicomAssociate)call.Arguments[0]!).CreateAcceptAll()));
            furnish(client);
            listener.Accept(client).ThrowIfFailed();
        });
        return Listening(listener);
    }
}
