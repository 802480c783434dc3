namespace Dicom.Net.Fuzz.Conversations;

/// <summary>How a peer leaves.</summary>
internal enum ConversationEnd
{
    /// <summary>It closes its side.</summary>
    Close,

    /// <summary>The network is gone.</summary>
    Break,

    /// <summary>It falls silent.</summary>
    Stall,
}
