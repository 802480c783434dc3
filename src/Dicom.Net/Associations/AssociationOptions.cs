using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Associations;

/// <summary>The limits of one association, in time and in room, and where its large data sets go.</summary>
internal sealed record AssociationOptions
{
    public required ILogger Log { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>ARTIM (PS3.8 §9.1.5): how long a peer may take to ask for the association, or to close the connection.</summary>
    public TimeSpan ArtimTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a whole PDU may take from its first byte.</summary>
    public TimeSpan PduTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the next PDU of a message that has begun may keep us waiting.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a write may wait for a peer that does not read.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a whole message may take from its first PDU.</summary>
    public TimeSpan WholeMessageTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long an association may be idle before this side ends it.</summary>
    public TimeSpan IdleTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Whether an idle association is aborted; else it is released.</summary>
    public bool AbortsIdle { get; init; }

    /// <summary>What has been received and waits for its callback, at most; reading stops there.</summary>
    public int MaximumPendingCallbacks { get; init; } = 32;

    /// <summary>Messages and PDUs that wait to be sent, at most.</summary>
    public int MaximumPendingSends { get; init; } = 256;

    public PduLimits PduLimits { get; init; } = new();

    public DimseLimits DimseLimits { get; init; } = new();

    /// <summary>Whether a data set over its limit ends the association; else its rest is read and dropped.</summary>
    public bool AbortsOnDataSetLength { get; init; }

    public SpoolOptions Spool { get; init; } = new();
}
