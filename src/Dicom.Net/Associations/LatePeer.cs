using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>What a peer has left undone that is late, in the words of the log and of the association's end.</summary>
internal static class LatePeer
{
    /// <summary>It has let ARTIM expire.</summary>
    public static TimeoutException AtArtim(UpperLayerState state) => new(
        $"The peer {(state == UpperLayerState.Sta2 ? "asked for no association" : "did not close the connection")} within the time of ARTIM.");

    /// <summary>It has not sent in time what it owed: how the association ends, and what that was.</summary>
    public static (AssociationEndKind Kind, string Owed) OnReceiving(UpperLayerState state, bool pduBegun) => pduBegun
        ? (AssociationEndKind.PduTimeout, "end a PDU that it had begun")
        : (AssociationEndKind.ReceiveTimeout, OwedIn(state));

    private static string OwedIn(UpperLayerState state) => state switch
    {
        UpperLayerState.Sta5 => "answer the A-ASSOCIATE-RQ",
        UpperLayerState.Sta6 => "go on with a message that it had begun",
        _ => "answer the A-RELEASE-RQ",
    };
}
