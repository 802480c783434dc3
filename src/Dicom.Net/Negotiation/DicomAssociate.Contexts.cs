using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>The presentation contexts (PS3.8 §9.3.2.2 and §9.3.3.2).</summary>
public sealed partial class DicomAssociate
{
    /// <summary>Identifiers are the odd numbers from 1 to 255 (PS3.8 §9.3.2.2).</summary>
    private const int MaximumContexts = 128;

    private const string AllTaken = "An association has at most 128 presentation contexts, and has them (PS3.8 §9.3.2.2).";

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
    /// <exception cref="ArgumentException">The id is even or in use, or the UID empty, or all 128 ids are in use.</exception>
    public void AddPresentationContext(byte id, DicomAssociateAcceptResultType result, string uid)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uid);
        if (id % 2 == 0)
        {
            throw new ArgumentException($"Presentation context ids are odd, 1 to 255; {id} is not (PS3.8 §9.3.2.2).", nameof(id));
        }

        if (Find(id) is not null)
        {
            var reason = _contexts.Count == MaximumContexts ? AllTaken : $"There is a presentation context {id} already.";
            throw new ArgumentException(reason, nameof(id));
        }

        _contexts.Add(new(id, uid) { Result = result });
    }

    /// <summary>
    /// Takes a presentation context away. Where it was the last one of its abstract syntax, role selection and extended negotiation of that
    /// go with it. One that is not there: nothing.
    /// </summary>
    /// <param name="id">Its id.</param>
    public void DeletePresentationContext(byte id)
    {
        if (Find(id) is { } context)
        {
            _contexts.Remove(context);
            ForgetUnused(context.AbstractSyntax);
        }
    }

    /// <summary>Proposes an abstract syntax under the next free id.</summary>
    /// <param name="abstractSyntax">The SOP class.</param>
    /// <param name="transferSyntaxes">The transfer syntaxes, best first; none: implicit VR little endian, DICOM's default.</param>
    /// <returns>The id.</returns>
    /// <exception cref="InvalidOperationException">All 128 ids are taken.</exception>
    public byte Propose(string abstractSyntax, params IEnumerable<string> transferSyntaxes)
    {
        ArgumentNullException.ThrowIfNull(transferSyntaxes);
        var id = FreeId();
        AddPresentationContext(id, DicomAssociateAcceptResultType.Success, abstractSyntax);
        var proposed = Get(id);
        proposed.Transfers = [.. transferSyntaxes];
        if (proposed.Transfers.Count == 0)
        {
            proposed.Transfers = [DicomTransferSyntax.ImplicitVRLittleEndian.Uid];
        }

        return id;
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

    /// <summary>Puts a transfer syntax in the place of another.</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <param name="index">0 to <see cref="GetTransferCount"/> − 1.</param>
    /// <param name="uid">The transfer syntax.</param>
    /// <exception cref="ArgumentException">There is no such context, or no such place, or the UID is empty.</exception>
    public void SetTransfer(byte id, int index, string uid)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uid);
        GetTransfer(id, index);
        var context = Get(id);
        context.Transfers = [.. context.Transfers.Take(index), uid, .. context.Transfers.Skip(index + 1)];
    }

    /// <summary>Takes a transfer syntax away.</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <param name="index">0 to <see cref="GetTransferCount"/> − 1.</param>
    /// <exception cref="ArgumentException">There is no such context, or no such place.</exception>
    public void DeleteTransfer(byte id, int index)
    {
        GetTransfer(id, index);
        var context = Get(id);
        context.Transfers = [.. context.Transfers.Take(index), .. context.Transfers.Skip(index + 1)];
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

    /// <summary>As <see cref="GetAbstract"/>; null for a context that is not there.</summary>
    internal string? AbstractSyntaxOf(byte id) => Find(id)?.AbstractSyntax;

    /// <summary>
    /// Puts another abstract syntax in the place of a presentation context's. Role selection and extended negotiation do not come along:
    /// they are the SOP class's.
    /// </summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <param name="uid">The abstract syntax: the SOP class.</param>
    /// <exception cref="ArgumentException">There is no such context, or the UID is empty.</exception>
    public void SetAbstract(byte id, string uid)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uid);
        var context = Get(id);
        var before = context.AbstractSyntax;
        context.AbstractSyntax = uid;
        ForgetUnused(before);
    }

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

    /// <summary>The next one after the highest; where that is 255, the lowest that is free.</summary>
    private byte FreeId()
    {
        var next = _contexts.Count == 0 ? 1 : _contexts.Max(context => context.Id) + 2;
        return next <= byte.MaxValue ? (byte)next
            : _contexts.Count == MaximumContexts ? throw new InvalidOperationException(AllTaken)
            : (byte)Enumerable.Range(0, MaximumContexts).Select(i => (2 * i) + 1).First(id => Find((byte)id) is null);
    }

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

        public string AbstractSyntax { get; set; } = abstractSyntax;

        // Replaced as a whole: what came in a PDU is shared with it, and an answer's one takes no list.
        public IReadOnlyList<string> Transfers { get; set; } = [];

        public DicomAssociateAcceptResultType Result { get; set; }

        public PresentationContextRq ToRequest() => new(Id, AbstractSyntax, Transfers);
    }
}
