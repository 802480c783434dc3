using System.Globalization;
using Dicom.Net.DataSets;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>
/// The parameters of an association: what a requestor proposes, or what an acceptor answers (PS3.7 §D.3, PS3.8 §7.1.1). Made by the
/// application and changed at will; what is sent is a copy.
/// </summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
public sealed partial class DicomAssociate : IDisposable
{
    /// <summary>The largest PDV list that is announced by default, in bytes: 128 KiB, the most that DCMTK's tools take.</summary>
    internal const uint DefaultMaximumLength = 128 * 1024;

    private bool _request;
    private readonly List<Context> _contexts = [];
    private UserInformation _information = UserInformation.Empty;

    /// <summary>Makes the parameters of a request (true) or of an answer (false), with the values of <see cref="Default"/>.</summary>
    /// <param name="request">True for an A-ASSOCIATE-RQ, false for an A-ASSOCIATE-AC.</param>
    public DicomAssociate(bool request)
    {
        _request = request;
        Default();
    }

    /// <summary>True for a request, false for an answer.</summary>
    public bool IsRequest => _request;

    /// <summary>Protocol version, a bit field of 16 bits; bit 0 is version 1, the only one there is (PS3.8 §9.3.2).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not 0 to 65535.</exception>
    public int Version
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, ushort.MaxValue);
            field = value;
        }
    } = 1;

    /// <summary>The AE title of the acceptor: 1 to 16 characters; spaces around it do not count (PS3.8 §9.3.2, PS3.5 §6.2).</summary>
    public string Called { get; set; } = "";

    /// <summary>The AE title of the requestor: 1 to 16 characters; spaces around it do not count.</summary>
    public string Calling { get; set; } = "";

    /// <summary>The application context, 1.2.840.10008.3.1.1.1 for all of DICOM (PS3.7 §A.2.1).</summary>
    public string ApplicationContextName { get; set; } = DicomUids.ApplicationContext;

    /// <summary>
    /// The largest list of PDVs that the side which sends this takes in one P-DATA-TF, in bytes; 0 = no limit (PS3.8 §D.1).
    /// </summary>
    public uint MaxLength { get; set; }

    /// <summary>The implementation class UID (PS3.7 §D.3.3.2).</summary>
    public string ImplementClass { get; set; } = "";

    /// <summary>The implementation version name, at most 16 characters; empty for none (PS3.7 §D.3.3.2).</summary>
    public string ImplementationVersionName { get; set; } = "";

    /// <summary>The number of presentation contexts.</summary>
    public int PresentationContextCount => _contexts.Count;

    /// <summary>Does nothing: there is nothing to release. LEADTOOLS' class has it, and its programs call it.</summary>
    public void Dispose()
    {
    }

    /// <summary>Empties everything: no AE titles, no presentation contexts, no user information.</summary>
    public void Reset()
    {
        Version = 1;
        Called = Calling = ImplementClass = ImplementationVersionName = "";
        ApplicationContextName = DicomUids.ApplicationContext;
        MaxLength = 0;
        _contexts.Clear();
        _information = UserInformation.Empty;
    }

    /// <summary>As <see cref="Reset()"/>, and says anew what this is.</summary>
    /// <param name="request">True: a request from now on. False: an answer.</param>
    public void Reset(bool request)
    {
        _request = request;
        Reset();
    }

    /// <summary>As <see cref="Reset()"/>, then sets what this library announces of itself: maximum length and implementation.</summary>
    public void Default()
    {
        Reset();
        MaxLength = DefaultMaximumLength;
        ImplementClass = Implementation.ClassUid;
        ImplementationVersionName = Implementation.VersionName;
    }

    /// <summary>Called and calling AE title, and the presentation contexts: one line for a log.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(_request ? "request" : "answer")} {PeerText.Escape(Calling)} -> {PeerText.Escape(Called)}, {_contexts.Count} presentation contexts");
}
