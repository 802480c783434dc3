using System.Globalization;
using Dicom.Net.Tests;

namespace Dicom.Net.Tool.Tests.Support;

/// <summary>Peers for the tool to talk to.</summary>
internal static class ToolPeer
{
    /// <summary>Accepts everything, and has handlers that the test furnishes.</summary>
    public static DicomNet With(Action<DicomHandlers> furnish, DicomNetOptions? options = null, string host = "127.0.0.1")
    {
        var handlers = new DicomHandlers
        {
            Supported = new(new DicomSupportedService(_ => true) { ProviderRole = DicomRoleSupport.Supported }),
        };
        furnish(handlers);
        options = (options ?? new()) with { Handlers = handlers };
        return Listening(new DicomNet(null, options.Tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls, options), host);
    }

    /// <summary>Rejects every association.</summary>
    public static DicomNet Rejecting(
        DicomAssociateRejectResultType result = DicomAssociateRejectResultType.Permanent,
        DicomAssociateRejectSourceType source = DicomAssociateRejectSourceType.User,
        DicomAssociateRejectReasonType reason = DicomAssociateRejectReasonType.Unknown)
    {
        var peer = new DicomNet(null, DicomNetSecurityMode.None);
        peer.AssociateRequestReceived += (_, e) => e.Reject(result, source, reason);
        return Listening(peer);
    }

    /// <summary>Accepts associations, and nothing on them.</summary>
    public static DicomNet AcceptingNothing()
    {
        var peer = new DicomNet(null, DicomNetSecurityMode.None);
        peer.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAccept(_ => false));
        return Listening(peer);
    }

    public static DicomNet Listening(DicomNet peer, string host = "127.0.0.1")
    {
        peer.Listen(host, 0, 128, IpType.IPv4OrIPv6).ThrowIfFailed();
        return peer;
    }

    /// <summary>HOST and PORT of a peer, behind a command's name, and before what else there is.</summary>
    public static string[] Call(this DicomNet peer, string command, params string[] others) =>
        [command, "127.0.0.1", peer.HostPort.ToString(CultureInfo.InvariantCulture), .. others];

    /// <summary>An instance, as small as can be.</summary>
    public static DicomDataSet Instance(string uid)
    {
        var instance = new DicomDataSet(DicomUids.ExplicitVRLittleEndian);
        instance.Set(DicomTag.SOPClassUID, DicomUids.SecondaryCaptureImageStorage);
        instance.Set(DicomTag.SOPInstanceUID, uid);
        instance.Set(DicomTag.PatientName, "Test^Tool");
        return instance;
    }

    /// <summary>The same in a file.</summary>
    public static string Make(this TestFolder folder, string uid)
    {
        using var instance = Instance(uid);
        var path = folder.File($"{uid}.dcm");
        instance.Save(path);
        return path;
    }
}
