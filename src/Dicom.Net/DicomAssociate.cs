using System.Globalization;
using Dicom.Net.Associations;
using Dicom.Net.DataSets;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>
/// The parameters of an association: what a requestor proposes, or what an acceptor answers (PS3.7 §D.3, PS3.8 §7.1.1). Made by the
/// application and changed at will; what is sent is a copy.
/// </summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
public sealed partial class DicomAssociate
{
    /// <summary>The largest PDV list that is announced by default, in bytes: 128 KiB, the most that DCMTK's tools take.</summary>
    private const uint DefaultMaximumLength = 128 * 1024;

    private readonly bool _request;
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

    /// <summary>Protocol version, a bit field; bit 0 is version 1, the only one there is (PS3.8 §9.3.2).</summary>
    public int Version { get; set; } = 1;

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

    /// <summary>As <see cref="Reset"/>, then sets what this library announces of itself: maximum length and implementation.</summary>
    public void Default()
    {
        Reset();
        MaxLength = DefaultMaximumLength;
        ImplementClass = Implementation.ClassUid;
        ImplementationVersionName = Implementation.VersionName;
    }

    /// <summary>The id of a presentation context by its place.</summary>
    /// <param name="index">0 to <see cref="PresentationContextCount"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public byte GetPresentationContextID(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _contexts.Count);
        return _contexts[index].Id;
    }

    /// <summary>Adds a presentation context.</summary>
    /// <param name="id">Odd, 1 to 255, not yet used here; an answer bears the requestor's ids (PS3.8 §9.3.2.2).</param>
    /// <param name="result">For an answer, what became of it.</param>
    /// <param name="uid">The abstract syntax: the SOP class.</param>
    /// <exception cref="ArgumentException">The id is even or in use, or the UID empty.</exception>
    public void AddPresentationContext(byte id, DicomAssociateAcceptResultType result, string uid)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uid);
        if (id % 2 == 0)
        {
            throw new ArgumentException($"Presentation context ids are odd, 1 to 255; {id} is not (PS3.8 §9.3.2.2).", nameof(id));
        }

        if (_contexts.Exists(context => context.Id == id))
        {
            throw new ArgumentException($"There is a presentation context {id} already.", nameof(id));
        }

        _contexts.Add(new(id, uid) { Result = result });
    }

    /// <summary>Proposes an abstract syntax under the next free id.</summary>
    /// <param name="abstractSyntax">The SOP class.</param>
    /// <param name="transferSyntaxes">The transfer syntaxes, best first; none: implicit VR little endian, DICOM's default.</param>
    /// <returns>The id.</returns>
    /// <exception cref="InvalidOperationException">All 128 ids are taken.</exception>
    public byte Propose(string abstractSyntax, params IEnumerable<string> transferSyntaxes)
    {
        ArgumentNullException.ThrowIfNull(transferSyntaxes);
        var id = _contexts.Count == 0 ? 1 : _contexts.Max(context => context.Id) + 2;
        if (id > byte.MaxValue)
        {
            throw new InvalidOperationException("An association has at most 128 presentation contexts (PS3.8 §9.3.2.2).");
        }

        AddPresentationContext((byte)id, DicomAssociateAcceptResultType.Success, abstractSyntax);
        var proposed = Get((byte)id);
        proposed.Transfers = [.. transferSyntaxes];
        if (proposed.Transfers.Count == 0)
        {
            proposed.Transfers = [DicomTransferSyntax.ImplicitVRLittleEndian.Uid];
        }

        return (byte)id;
    }

    /// <summary>Adds a transfer syntax to a presentation context; an accepted one of an answer has exactly one.</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <param name="uid">The transfer syntax.</param>
    /// <exception cref="ArgumentException">There is no such context, or the UID is empty.</exception>
    public void AddTransfer(byte id, string uid)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uid);
        var context = Get(id);
        context.Transfers = [.. context.Transfers, uid];
    }

    /// <summary>The number of transfer syntaxes of a presentation context.</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <returns>The number; 0 where a context of an answer was rejected.</returns>
    /// <exception cref="ArgumentException">There is no such context.</exception>
    public int GetTransferCount(byte id) => Get(id).Transfers.Count;

    /// <summary>A transfer syntax of a presentation context by its place, 0 to <see cref="GetTransferCount"/> − 1.</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <param name="index">0 to <see cref="GetTransferCount"/> − 1; the best comes first.</param>
    /// <returns>The transfer syntax.</returns>
    /// <exception cref="ArgumentException">There is no such context, or no such place.</exception>
    public string GetTransfer(byte id, int index)
    {
        var transfers = Get(id).Transfers;
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, transfers.Count);
        return transfers[index];
    }

    /// <summary>The abstract syntax of a presentation context.</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <returns>The abstract syntax: the SOP class.</returns>
    /// <exception cref="ArgumentException">There is no such context.</exception>
    public string GetAbstract(byte id) => Get(id).AbstractSyntax;

    /// <summary>What became of a presentation context.</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <returns>The result; of a request, without meaning.</returns>
    /// <exception cref="ArgumentException">There is no such context.</exception>
    public DicomAssociateAcceptResultType GetResult(byte id) => Get(id).Result;

    /// <summary>Says what becomes of a presentation context.</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <param name="result">What becomes of it.</param>
    /// <exception cref="ArgumentException">There is no such context.</exception>
    public void SetResult(byte id, DicomAssociateAcceptResultType result) => Get(id).Result = result;

    /// <summary>The first presentation context of an abstract syntax; in an answer: the first that was accepted.</summary>
    /// <param name="uid">The abstract syntax: the SOP class.</param>
    /// <returns>Its id; 0 when there is none.</returns>
    public byte FindAbstract(string uid) => FindNextAbstract(0, uid);

    /// <summary>The next presentation context of an abstract syntax after the one given; in an answer: the next that was accepted.</summary>
    /// <param name="id">The id to go on from; 0: from the first.</param>
    /// <param name="uid">The abstract syntax: the SOP class.</param>
    /// <returns>Its id; 0 when there is none.</returns>
    public byte FindNextAbstract(byte id, string uid)
    {
        var next = _contexts.FindIndex(context => context.Id == id) + 1;
        var found = _contexts.Skip(next).FirstOrDefault(context => context.AbstractSyntax == uid
            && (_request || context.Result == DicomAssociateAcceptResultType.Success));
        return found?.Id ?? 0;
    }

    /// <summary>
    /// Answers a request: takes every presentation context whose abstract syntax is supported, with the first preferred transfer
    /// syntax that it proposes, and rejects the others with the right result (PS3.8 Table 9-18).
    /// </summary>
    /// <param name="supports">Whether an abstract syntax is supported.</param>
    /// <param name="transferSyntaxes">Transfer syntaxes, best first; none: any, in the order of the requestor.</param>
    /// <returns>A new answer, for SendAssociateAccept.</returns>
    /// <exception cref="InvalidOperationException">This is not a request.</exception>
    public DicomAssociate CreateAccept(Func<string, bool> supports, params IReadOnlyCollection<string> transferSyntaxes)
    {
        ArgumentNullException.ThrowIfNull(supports);
        ArgumentNullException.ThrowIfNull(transferSyntaxes);
        if (!_request)
        {
            throw new InvalidOperationException("Only a request can be answered; this is an answer already.");
        }

        var answer = new DicomAssociate(request: false)
        {
            Called = Called,
            Calling = Calling,
            ApplicationContextName = ApplicationContextName,
        };
        answer._contexts.EnsureCapacity(_contexts.Count);
        foreach (var proposed in _contexts)
        {
            answer.Add(ContextNegotiation.Answer(proposed.ToRequest(), supports, transferSyntaxes), proposed.AbstractSyntax);
        }

        return answer;
    }

    /// <summary>As <see cref="CreateAccept(Func{string, bool}, IReadOnlyCollection{string})"/>, for every abstract syntax.</summary>
    /// <param name="transferSyntaxes">Transfer syntaxes, best first; none: any, in the order of the requestor.</param>
    /// <returns>A new answer, for SendAssociateAccept.</returns>
    /// <exception cref="InvalidOperationException">This is not a request.</exception>
    public DicomAssociate CreateAcceptAll(params IReadOnlyCollection<string> transferSyntaxes) => CreateAccept(_ => true, transferSyntaxes);

    /// <summary>As the other overload, for a given list of abstract syntaxes.</summary>
    /// <param name="abstractSyntaxes">The abstract syntaxes that are supported.</param>
    /// <param name="transferSyntaxes">Transfer syntaxes, best first; none: any, in the order of the requestor.</param>
    public DicomAssociate CreateAccept(IEnumerable<string> abstractSyntaxes, params IReadOnlyCollection<string> transferSyntaxes)
    {
        var supported = abstractSyntaxes.ToHashSet(StringComparer.Ordinal);
        return CreateAccept(supported.Contains, transferSyntaxes);
    }

    /// <summary>Called and calling AE title, and the presentation contexts: one line for a log.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(_request ? "request" : "answer")} {PeerText.Escape(Calling)} -> {PeerText.Escape(Called)}, {_contexts.Count} presentation contexts");

    private Context? Find(byte id)
    {
        foreach (var context in _contexts)
        {
            if (context.Id == id)
            {
                return context;
            }
        }

        return null;
    }

    private Context Get(byte id) => Find(id)
        ?? throw new ArgumentException($"There is no presentation context {id}.", nameof(id));

    private sealed class Context(byte id, string abstractSyntax)
    {
        public byte Id { get; } = id;

        public string AbstractSyntax { get; } = abstractSyntax;

        // Replaced as a whole: what came in a PDU is shared with it, and an answer's one takes no list.
        public IReadOnlyList<string> Transfers { get; set; } = [];

        public DicomAssociateAcceptResultType Result { get; set; }

        public PresentationContextRq ToRequest() => new(Id, AbstractSyntax, Transfers);
    }
}
