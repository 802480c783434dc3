using System.Diagnostics.CodeAnalysis;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>
/// What is proposed to a peer, put together in one expression: AE titles, the SOP classes that are wanted, roles, identity. It does not
/// change, each <c>With…</c> makes another one, so that it may be shared and used any number of times.
/// </summary>
/// <remarks>A <see cref="DicomAssociate"/> says the same, piece by piece: <see cref="ToAssociate"/> makes one.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "DicomAssociate has nothing to dispose of: LEADTOOLS' class is disposable.")]
public sealed class DicomAssociationRequest
{
    private readonly DicomAssociate _proposal;

    /// <summary>Proposes nothing as yet.</summary>
    /// <param name="calling">This side's AE title, 1 to 16 characters.</param>
    /// <param name="called">The peer's AE title, 1 to 16 characters.</param>
    /// <exception cref="ArgumentException">One is no AE title (PS3.8 Table 9-11).</exception>
    public DicomAssociationRequest(string calling, string called)
    {
        SentText.AETitle(calling, nameof(calling));
        SentText.AETitle(called, nameof(called));
        _proposal = new(request: true) { Calling = calling, Called = called };
    }

    /// <summary>Takes over what has been put together elsewhere.</summary>
    /// <param name="proposal">A request; copied.</param>
    /// <exception cref="ArgumentException">It is an answer.</exception>
    public DicomAssociationRequest(DicomAssociate proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        _proposal = proposal.IsRequest
            ? DicomAssociate.From(proposal.ToRequest())
            : throw new ArgumentException("Pass a request: new DicomAssociate(request: true).", nameof(proposal));
    }

    /// <summary>This side's AE title.</summary>
    public string Calling => _proposal.Calling;

    /// <summary>The peer's AE title.</summary>
    public string Called => _proposal.Called;

    /// <summary>The number of presentation contexts, 128 at most (PS3.8 §9.3.2.2).</summary>
    public int PresentationContextCount => _proposal.PresentationContextCount;

    /// <summary>
    /// Proposes a SOP class in one presentation context, of whose transfer syntaxes the peer takes one. Several compressed ones that are all
    /// wanted are several calls.
    /// </summary>
    /// <param name="sopClass">The SOP class: the abstract syntax.</param>
    /// <param name="transferSyntaxes">The transfer syntaxes, best first; none: explicit, else implicit VR little endian.</param>
    /// <exception cref="InvalidOperationException">There are 128 presentation contexts already.</exception>
    public DicomAssociationRequest With(string sopClass, params string[] transferSyntaxes)
    {
        ArgumentNullException.ThrowIfNull(transferSyntaxes);
        string[] proposed = transferSyntaxes.Length > 0
            ? transferSyntaxes
            : [DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian];
        return With(proposal => proposal.Propose(sopClass, proposed));
    }

    /// <summary>
    /// Proposes a SOP class whose provider (SCP) this side wants to be, and not its user: what a C-GET is to bring, or what storage commitment
    /// reports (PS3.7 §D.3.3.4, PS3.4 §C.5.3).
    /// </summary>
    /// <param name="sopClass">The SOP class.</param>
    /// <param name="transferSyntaxes">The transfer syntaxes, best first; none: explicit, else implicit VR little endian.</param>
    /// <exception cref="InvalidOperationException">There are 128 presentation contexts already.</exception>
    public DicomAssociationRequest WithProviderRole(string sopClass, params string[] transferSyntaxes) =>
        With(sopClass, transferSyntaxes).WithRoles(sopClass, DicomRoleSupport.Unsupported, DicomRoleSupport.Supported);

    /// <summary>Proposes roles for a SOP class that is proposed already (PS3.7 §D.3.3.4); without, this side is its user.</summary>
    /// <param name="sopClass">The SOP class; the roles hold for all its presentation contexts.</param>
    /// <param name="userRole">Whether this side wants to be user (SCU).</param>
    /// <param name="providerRole">Whether it wants to be provider (SCP).</param>
    /// <exception cref="ArgumentException">The SOP class is not proposed.</exception>
    public DicomAssociationRequest WithRoles(string sopClass, DicomRoleSupport userRole, DicomRoleSupport providerRole) =>
        With(proposal => proposal.SetRoleSelect(RequireContext(proposal, sopClass), enabled: true, userRole, providerRole));

    /// <summary>Says who the user is (PS3.7 §D.3.3.7). It goes over the wire as it is: use TLS.</summary>
    /// <param name="identity">The identity.</param>
    public DicomAssociationRequest WithIdentity(DicomUserIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return With(proposal => proposal.UserIdentity = identity);
    }

    /// <summary>Proposes that several operations may be open at once (PS3.7 §D.3.3.3); without, each waits for the one before.</summary>
    /// <param name="invoked">How many of this side's, 0 to 65535; 0 is no limit.</param>
    /// <param name="performed">How many of the peer's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not 0 to 65535.</exception>
    public DicomAssociationRequest WithAsynchronousOperations(int invoked, int performed = 1) =>
        With(proposal => proposal.SetAsynchronousOperations(enabled: true, invoked, performed));

    /// <summary>Proposes extended negotiation for a SOP class that is proposed already (PS3.7 §D.3.3.5).</summary>
    /// <param name="sopClass">The SOP class.</param>
    /// <param name="information">The service-class-application-information, as PS3.4 defines it for the SOP class; copied.</param>
    /// <exception cref="ArgumentException">The SOP class is not proposed, or the bytes do not fit.</exception>
    public DicomAssociationRequest WithExtendedNegotiation(string sopClass, byte[] information)
    {
        ArgumentNullException.ThrowIfNull(information);
        return With(proposal => proposal.SetExtendedData(RequireContext(proposal, sopClass), information));
    }

    /// <summary>Whatever else can be said in a request: what a function changes in a copy of it.</summary>
    /// <param name="change">Called once, before this returns.</param>
    public DicomAssociationRequest With(Action<DicomAssociate> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var changed = new DicomAssociationRequest(_proposal);
        change(changed._proposal);
        return changed;
    }

    /// <summary>Proposes a presentation context for each of some kinds of instances.</summary>
    internal DicomAssociationRequest WithStorage(IEnumerable<StorageKind> kinds) => With(proposal =>
    {
        foreach (var kind in kinds)
        {
            proposal.Propose(kind.SopClass, kind.TransferSyntax);
        }
    });

    /// <summary>A copy of what is proposed.</summary>
    public DicomAssociate ToAssociate() => DicomAssociate.From(_proposal.ToRequest());

    /// <summary>The AE titles and the number of presentation contexts: one line for a log.</summary>
    public override string ToString() => _proposal.ToString();

    private static byte RequireContext(DicomAssociate proposal, string sopClass) => proposal.FindAbstract(sopClass) is var id and not 0
        ? id
        : throw new ArgumentException($"Propose {PeerText.Escape(sopClass)} first: With(sopClass).", nameof(sopClass));
}
